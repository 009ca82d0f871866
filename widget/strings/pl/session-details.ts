import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Poprzednie sesje';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Historia · # poprzednia sesja',
        few: 'Historia · # poprzednie sesje',
        many: 'Historia · # poprzednich sesji',
        other: 'Historia · # poprzedniej sesji',
      })
    : 'Historia';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `Ostatnia aktywność: ${statusLabel(status)}` : 'Evalon zgłosił nową aktywność.';
}
