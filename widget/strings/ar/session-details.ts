import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'الجلسات السابقة';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'السجل · جلسة سابقة واحدة',
        two: 'السجل · جلستان سابقتان',
        few: 'السجل · # جلسات سابقة',
        many: 'السجل · # جلسة سابقة',
        other: 'السجل · # جلسة سابقة',
      })
    : 'السجل';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `آخر نشاط: ${statusLabel(status)}` : 'أبلغ Evalon عن نشاط جديد.';
}
