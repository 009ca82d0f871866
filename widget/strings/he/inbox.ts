import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'דואר נכנס של מבדקים';
export const finishedHeading = 'הושלמו או הסתיימו';
export const waitingHeading = 'ללא פעילות במשך 5 ימים או יותר';
export const newBadge = 'חדש';
export const emptyInbox = 'תוצאות של מועמדים שהוזמנו יופיעו כאן.';
export const nothingNew = 'אין תוצאות חדשות.';
export const showReminder = 'תזכורת';
export const searchLabel = 'חיפוש לפי שם או דוא"ל';
export const searching = 'מתבצע חיפוש…';
export const showMore = 'הצגת עוד';
export const showMoreLabel = (list: string) => `הצגת עוד: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `תוצאות חדשות: ${formatNumber(count)} או יותר.`
    : plural(count, { one: 'תוצאה חדשה אחת.', two: 'שתי תוצאות חדשות.', other: '# תוצאות חדשות.' });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `מבדקים שהסתיימו לפני השלמתם: ${formatNumber(count)} או יותר.`
    : plural(count, {
        one: 'מבדק אחד הסתיים לפני השלמתו.',
        two: 'שני מבדקים הסתיימו לפני השלמתם.',
        other: '# מבדקים הסתיימו לפני השלמתם.',
      });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `מועמדים ללא פעילות במשך 5 ימים או יותר: ${formatNumber(count)} או יותר.`
    : plural(count, {
        one: 'מועמד/ת אחד/ת ללא פעילות במשך 5 ימים או יותר.',
        two: 'שני מועמדים ללא פעילות במשך 5 ימים או יותר.',
        other: '# מועמדים ללא פעילות במשך 5 ימים או יותר.',
      });
export const showReminderLabel = (name: string) => `תזכורת: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`לא נמצאו בדואר הנכנס מועמדים שתואמים ל-<bdi class="inline">${query}</bdi>.`;
}
