import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Invitaciones anteriores';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Historial · # invitación anterior',
        other: 'Historial · # invitaciones anteriores',
      })
    : 'Historial';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Última actividad: ${statusLabel(status)}`
    : 'Evalon ha comunicado una nueva actividad.';
}
