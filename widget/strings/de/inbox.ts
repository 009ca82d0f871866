import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'Posteingang der Eignungstests';
export const finishedHeading = 'Abgeschlossen oder beendet';
export const waitingHeading = 'Seit mindestens 5 Tagen keine Aktivität';
export const newBadge = 'Neu';
export const emptyInbox = 'Ergebnisse eingeladener Kandidat:innen erscheinen hier.';
export const nothingNew = 'Keine neuen Ergebnisse.';
export const showReminder = 'Erinnern';
export const searchLabel = 'Nach Name oder E-Mail suchen';
export const searching = 'Suche läuft…';
export const showMore = 'Mehr anzeigen';
export const showMoreLabel = (list: string) => `Mehr anzeigen: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ neue Ergebnisse.`
    : plural(count, { one: '# neues Ergebnis.', other: '# neue Ergebnisse.' });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ Eignungstests vorzeitig beendet.`
    : plural(count, { one: '# Eignungstest vorzeitig beendet.', other: '# Eignungstests vorzeitig beendet.' });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ Personen seit mindestens 5 Tagen ohne Aktivität.`
    : plural(count, {
        one: '# Person seit mindestens 5 Tagen ohne Aktivität.',
        other: '# Personen seit mindestens 5 Tagen ohne Aktivität.',
      });
export const showReminderLabel = (name: string) => `Erinnern: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`Kein Eintrag in Ihrem Posteingang passt zu <bdi class="inline">${query}</bdi>.`;
}
