import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Escolher uma avaliação';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> só pode fazer uma destas avaliações. A escolha não pode ser alterada depois do convite.`;
}
