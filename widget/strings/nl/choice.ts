import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Kies één assessment';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> kan maar één van deze assessments doen. Na de uitnodiging kunt u de keuze niet meer wijzigen.`;
}
