import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Convites anteriores';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Histórico · # convite anterior',
        other: 'Histórico · # convites anteriores',
      })
    : 'Histórico';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `Última atividade: ${statusLabel(status)}` : 'A Evalon informou uma nova atividade.';
}
