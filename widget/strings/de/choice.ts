import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Einen Eignungstest auswählen';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> kann nur einen dieser Eignungstests absolvieren. Nach der Einladung lässt sich die Auswahl nicht mehr ändern.`;
}
