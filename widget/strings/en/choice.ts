/** English text of the choice among the assessments of a project. It loads on demand. */
import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Choose one assessment';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> can take only one of these assessments. You can't change the assessment after the invite.`;
}
