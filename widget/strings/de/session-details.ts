import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Frühere Einladungen';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, { one: 'Verlauf · # frühere Einladung', other: 'Verlauf · # frühere Einladungen' })
    : 'Verlauf';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Letzte Aktivität: ${statusLabel(status)}`
    : 'Evalon hat eine neue Aktivität gemeldet.';
}
