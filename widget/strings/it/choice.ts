import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Scegli una valutazione';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> può svolgere solo una di queste valutazioni. Dopo l’invito la scelta non si può più modificare.`;
}
