import { html, type TemplateResult } from 'lit';
import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Sessões anteriores';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, { one: 'Histórico · # sessão anterior', other: 'Histórico · # sessões anteriores' })
    : 'Histórico';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Apenas uma avaliação por projeto. <bdi>${name}</bdi> já tem <bdi class="end">${held}</bdi>.`;
}

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `Última atividade: ${statusLabel(status)}` : 'A Evalon informou uma nova atividade.';
}
