import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'Postvak van assessments';
export const finishedHeading = 'Afgerond of voortijdig geëindigd';
export const waitingHeading = 'Al 5 dagen of langer geen activiteit';
export const newBadge = 'Nieuw';
export const emptyInbox = 'Resultaten van kandidaten die u uitnodigt, verschijnen hier.';
export const nothingNew = 'Geen nieuwe resultaten.';
export const showReminder = 'Herinneren';
export const searchLabel = 'Zoeken op naam of e-mail';
export const searching = 'Zoeken…';
export const showMore = 'Meer weergeven';
export const showMoreLabel = (list: string) => `Meer weergeven: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ nieuwe resultaten.`
    : plural(count, { one: '# nieuw resultaat.', other: '# nieuwe resultaten.' });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ assessments voortijdig geëindigd.`
    : plural(count, {
        one: '# assessment voortijdig geëindigd.',
        other: '# assessments voortijdig geëindigd.',
      });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ kandidaten al 5 dagen of langer zonder activiteit.`
    : plural(count, {
        one: '# kandidaat al 5 dagen of langer zonder activiteit.',
        other: '# kandidaten al 5 dagen of langer zonder activiteit.',
      });
export const showReminderLabel = (name: string) => `Herinneren: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`Geen kandidaat in uw postvak komt overeen met <bdi class="inline">${query}</bdi>.`;
}
