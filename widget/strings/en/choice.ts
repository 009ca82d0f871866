/** English text of the choice among the assessments of a project. It loads on demand. */
import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Choose one assessment';

export function onlyOne(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> can have only one of these. It can't be changed after the invite.`;
}
