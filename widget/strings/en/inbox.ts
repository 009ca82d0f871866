/** The inbox's English text. */
import { html, type TemplateResult } from 'lit';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const inboxTitle = 'Assessment inbox';
export const finishedHeading = 'Completed or ended';
export const waitingHeading = 'No activity for 5 days or more';
export const newBadge = 'New';
export const emptyInbox = 'Results from candidates you invite will appear here.';
export const nothingNew = 'No new results.';
export const showReminder = 'Remind';
export const searchLabel = 'Search by name or email';
export const searching = 'Searching…';
export const showMore = 'Show more';

export function showMoreLabel(list: string): string {
  return `Show more: ${list}`;
}

/** A count, or "10+" if there may be more. */
export interface CappedCount {
  count: number;
  hasMore: boolean;
}

export function newResults({ count, hasMore }: CappedCount): string {
  if (hasMore) return `${count}+ new results.`;
  return count === 1 ? '1 new result.' : `${count} new results.`;
}

export function newlyEnded({ count, hasMore }: CappedCount): string {
  if (hasMore) return `${count}+ assessments ended early.`;
  return count === 1 ? '1 assessment ended early.' : `${count} assessments ended early.`;
}

export function waitingCount({ count, hasMore }: CappedCount): string {
  if (hasMore) return `${count}+ candidates without activity for 5 days or more.`;
  return count === 1
    ? '1 candidate without activity for 5 days or more.'
    : `${count} candidates without activity for 5 days or more.`;
}

/** @param now milliseconds since 1970 */
export function formatTimeAgo(iso: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(iso));
  const [minutes, hours, days] = [MINUTE_MS, HOUR_MS, DAY_MS].map((unit) => Math.floor(ms / unit)) as [
    number,
    number,
    number,
  ];
  if (minutes < 1) return 'just now';
  if (hours < 1) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`;
  if (days < 1) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  if (days < 30) return days === 1 ? 'yesterday' : `${days} days ago`;
  const months = Math.floor(days / 30);
  return months === 1 ? 'last month' : `${months} months ago`;
}

export function showReminderLabel(name: string): string {
  return `Remind: ${name}`;
}

export function noMatch(query: string): TemplateResult {
  return html`No candidate in your inbox matches <bdi class="inline">${query}</bdi>.`;
}
