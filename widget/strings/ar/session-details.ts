import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'الدعوات السابقة';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'السجل · دعوة سابقة واحدة',
        two: 'السجل · دعوتان سابقتان',
        few: 'السجل · # دعوات سابقة',
        many: 'السجل · # دعوة سابقة',
        other: 'السجل · # دعوة سابقة',
      })
    : 'السجل';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `آخر نشاط: ${statusLabel(status)}` : 'أبلغ Evalon عن نشاط جديد.';
}
