import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Wcześniejsze zaproszenia';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Historia · # wcześniejsze zaproszenie',
        few: 'Historia · # wcześniejsze zaproszenia',
        many: 'Historia · # wcześniejszych zaproszeń',
        other: 'Historia · # wcześniejszego zaproszenia',
      })
    : 'Historia';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `Ostatnia aktywność: ${statusLabel(status)}` : 'Evalon zgłosił nową aktywność.';
}
