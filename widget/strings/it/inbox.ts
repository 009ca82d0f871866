import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'Posta delle valutazioni';
export const finishedHeading = 'Completate o terminate';
export const waitingHeading = 'Nessuna attività da 5 giorni o più';
export const newBadge = 'Nuovo';
export const emptyInbox = 'I risultati dei candidati che inviti appariranno qui.';
export const nothingNew = 'Nessun nuovo risultato.';
export const showReminder = 'Sollecita';
export const searchLabel = 'Cerca per nome o e-mail';
export const searching = 'Ricerca…';
export const showMore = 'Mostra altro';
export const showMoreLabel = (list: string) => `Mostra altro: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ nuovi risultati.`
    : plural(count, { one: '# nuovo risultato.', other: '# nuovi risultati.' });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ valutazioni terminate in anticipo.`
    : plural(count, {
        one: '# valutazione terminata in anticipo.',
        other: '# valutazioni terminate in anticipo.',
      });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ persone senza attività da 5 giorni o più.`
    : plural(count, {
        one: '# persona senza attività da 5 giorni o più.',
        other: '# persone senza attività da 5 giorni o più.',
      });
export const showReminderLabel = (name: string) => `Sollecita: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`Nessun candidato nella tua posta corrisponde a <bdi class="inline">${query}</bdi>.`;
}
