import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Frühere Sitzungen';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, { one: 'Verlauf · # frühere Sitzung', other: 'Verlauf · # frühere Sitzungen' })
    : 'Verlauf';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Letzte Aktivität: ${statusLabel(status)}`
    : 'Evalon hat eine neue Aktivität gemeldet.';
}
