import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'סבבים קודמים';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'היסטוריה · סבב קודם אחד',
        two: 'היסטוריה · שני סבבים קודמים',
        other: 'היסטוריה · # סבבים קודמים',
      })
    : 'היסטוריה';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `פעילות אחרונה: ${statusLabel(status)}` : 'התקבל מ-Evalon דיווח על פעילות חדשה.';
}
