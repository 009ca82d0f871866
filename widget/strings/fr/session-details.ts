import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Invitations précédentes';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Historique · # invitation précédente',
        other: 'Historique · # invitations précédentes',
      })
    : 'Historique';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Dernière activité : ${statusLabel(status)}`
    : 'Evalon a signalé une nouvelle activité.';
}
