import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'הזמנות קודמות';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'היסטוריה · הזמנה קודמת אחת',
        two: 'היסטוריה · שתי הזמנות קודמות',
        other: 'היסטוריה · # הזמנות קודמות',
      })
    : 'היסטוריה';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `פעילות אחרונה: ${statusLabel(status)}` : 'התקבל מ-Evalon דיווח על פעילות חדשה.';
}
