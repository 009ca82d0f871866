import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Inviti precedenti';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Cronologia · # invito precedente',
        other: 'Cronologia · # inviti precedenti',
      })
    : 'Cronologia';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Ultima attività: ${statusLabel(status)}`
    : 'Evalon ha segnalato una nuova attività.';
}
