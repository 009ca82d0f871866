import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'صندوق وارد التقييمات';
export const finishedHeading = 'اكتملت أو انتهت';
export const waitingHeading = 'دون نشاط منذ 5 أيام أو أكثر';
export const newBadge = 'جديد';
export const emptyInbox = 'ستظهر هنا نتائج المرشحين المدعوين.';
export const nothingNew = 'لا توجد نتائج جديدة.';
export const showReminder = 'تذكير';
export const searchLabel = 'البحث بالاسم أو البريد الإلكتروني';
export const searching = 'جارٍ البحث…';
export const showMore = 'عرض المزيد';
export const showMoreLabel = (list: string) => `عرض المزيد: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `النتائج الجديدة: ${formatNumber(count)} أو أكثر.`
    : plural(count, {
        one: 'نتيجة جديدة واحدة.',
        two: 'نتيجتان جديدتان.',
        few: '# نتائج جديدة.',
        many: '# نتيجة جديدة.',
        other: '# نتيجة جديدة.',
      });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `تقييمات انتهت قبل اكتمالها: ${formatNumber(count)} أو أكثر.`
    : plural(count, {
        one: 'تقييم واحد انتهى قبل اكتماله.',
        two: 'تقييمان انتهيا قبل اكتمالهما.',
        few: '# تقييمات انتهت قبل اكتمالها.',
        many: '# تقييمًا انتهى قبل اكتماله.',
        other: '# تقييم انتهى قبل اكتماله.',
      });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `مرشحون دون نشاط منذ 5 أيام أو أكثر: ${formatNumber(count)} أو أكثر.`
    : plural(count, {
        one: 'مرشح واحد دون نشاط منذ 5 أيام أو أكثر.',
        two: 'مرشحان دون نشاط منذ 5 أيام أو أكثر.',
        few: '# مرشحين دون نشاط منذ 5 أيام أو أكثر.',
        many: '# مرشحًا دون نشاط منذ 5 أيام أو أكثر.',
        other: '# مرشح دون نشاط منذ 5 أيام أو أكثر.',
      });
export const showReminderLabel = (name: string) => `تذكير: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`لا يوجد في صندوق الوارد مرشح يطابق <bdi class="inline">${query}</bdi>.`;
}
