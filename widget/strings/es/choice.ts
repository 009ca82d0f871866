import { html, type TemplateResult } from 'lit';

export const choiceHeading = 'Elegir una evaluación';

export function onlyOneAssessment(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> solo puede realizar una de estas evaluaciones. La elección no se puede cambiar después de la invitación.`;
}
