import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Wybierz jedną ocenę';

export function onlyOne(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> może wykonać tylko jedną z tych ocen. Po zaproszeniu nie można zmienić wyboru.`;
}
