import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Choisir une évaluation';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> ne peut passer qu’une seule de ces évaluations. Ce choix n’est plus modifiable après l’invitation.`;
}
