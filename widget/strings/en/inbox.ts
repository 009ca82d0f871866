/** What the inbox says, in English; apart from en.ts, so that no other page loads it. */
const distance = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;

export const inboxTitle = 'Assessment inbox';
export const finishedHeading = 'Finished or ended';
export const waitingHeading = 'No news for over 5 days: remind them';
export const newBadge = 'New';
export const emptyInbox = 'As soon as somebody whom you have invited finishes, it shows up here by itself.';
export const showMore = 'Show more';

/** A number that may be higher. */
export interface CappedCount {
  count: number;
  hasMore: boolean;
}

/** "3 new results and 1 ended without one since you looked, 4 waiting over 5 days", of which no part need be there. */
export function headline(news: { results: CappedCount; ended: CappedCount }, waits: CappedCount): string {
  const { results: found, ended } = news;
  const parts = [
    found.count ? `${counted(found)} new result${found.count === 1 ? '' : 's'}` : '',
    ended.count ? `${counted(ended)} ended without ${found.count ? 'one' : 'a result'}` : '',
  ].filter(Boolean);
  const told = parts.length ? `${parts.join(' and ')} since you looked` : 'Nothing new';
  return waits.count ? `${told}, ${counted(waits)} waiting over 5 days` : told;
}

/** The accessible name of the button, which holds what is seen on it. */
export function showMoreLabel(list: string): string {
  return `${showMore}: ${list}`;
}

function counted({ count, hasMore: more }: CappedCount): string {
  return more ? `${count}+` : `${count}`;
}

/** "2 hours ago". */
export function formatTimeAgo(iso: string, now: number): string {
  const passed = Math.max(0, now - Date.parse(iso));
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return distance.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return distance.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < MONTH) return distance.format(-Math.floor(passed / DAY), 'day');
  return distance.format(-Math.floor(passed / MONTH), 'month');
}

/** Since when nothing was heard of somebody who waits. */
export function formatInactivity(iso: string, now: number): string {
  return `no news for ${Math.floor((now - Date.parse(iso)) / DAY)} days`;
}
