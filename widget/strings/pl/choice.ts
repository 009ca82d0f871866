import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Wybierz jeden test';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> może rozwiązać tylko jeden z tych testów. Po zaproszeniu nie można zmienić wyboru.`;
}
