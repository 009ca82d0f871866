import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

export const { formatTimeAgo } = formats;
export const inboxTitle = 'アセスメントの受信トレイ';
export const finishedHeading = '完了または終了';
export const waitingHeading = '5日以上動きなし';
export const newBadge = '新着';
export const emptyInbox = '招待した候補者の結果はここに表示されます。';
export const nothingNew = '新しい結果はありません。';
export const showReminder = 'リマインド';
export const searchLabel = '氏名またはメールアドレスで検索';
export const searching = '検索中…';
export const showMore = 'さらに表示';
export const showMoreLabel = (list: string) => `さらに表示：${list}`;

const format = ({ count, hasMore }: CappedCount, counter: string) =>
  `${formats.formatNumber(count)}${counter}${hasMore ? '以上' : ''}`;
export const newResults = (count: CappedCount) => `新しい結果が${format(count, '件')}あります。`;
export const newlyEnded = (count: CappedCount) => `完了前に終了したアセスメントが${format(count, '件')}あります。`;
export const waitingCount = (count: CappedCount) => `5日以上動きのない候補者が${format(count, '人')}います。`;
export const showReminderLabel = (name: string) => `リマインド：${name}`;

export function noMatch(query: string): TemplateResult {
  return html`受信トレイに <bdi>${query}</bdi> に一致する候補者はいません。`;
}
