import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Eerdere uitnodigingen';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Geschiedenis · # eerdere uitnodiging',
        other: 'Geschiedenis · # eerdere uitnodigingen',
      })
    : 'Geschiedenis';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `Laatste activiteit: ${statusLabel(status)}`
    : 'Evalon heeft nieuwe activiteit gemeld.';
}
