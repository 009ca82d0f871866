import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'Skrzynka testów';
export const finishedHeading = 'Ukończone lub zakończone bez wyniku';
export const waitingHeading = 'Brak aktywności od 5 dni lub dłużej';
export const newBadge = 'Nowy';
export const emptyInbox = 'Tutaj pojawią się wyniki zaproszonych kandydatów.';
export const nothingNew = 'Brak nowych wyników.';
export const showReminder = 'Przypomnij';
export const searchLabel = 'Szukaj po nazwisku lub e-mailu';
export const searching = 'Wyszukiwanie…';
export const showMore = 'Pokaż więcej';
export const showMoreLabel = (list: string) => `Pokaż więcej: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `Nowe wyniki: co najmniej ${formatNumber(count)}.`
    : plural(count, {
        one: '# nowy wynik.',
        few: '# nowe wyniki.',
        many: '# nowych wyników.',
        other: '# nowego wyniku.',
      });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `Testy zakończone przed czasem: co najmniej ${formatNumber(count)}.`
    : plural(count, {
        one: '# test zakończony przed czasem.',
        few: '# testy zakończone przed czasem.',
        many: '# testów zakończonych przed czasem.',
        other: '# testu zakończonego przed czasem.',
      });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `Osoby bez aktywności od 5 dni lub dłużej: co najmniej ${formatNumber(count)}.`
    : plural(count, {
        one: '# osoba bez aktywności od 5 dni lub dłużej.',
        few: '# osoby bez aktywności od 5 dni lub dłużej.',
        many: '# osób bez aktywności od 5 dni lub dłużej.',
        other: '# osoby bez aktywności od 5 dni lub dłużej.',
      });
export const showReminderLabel = (name: string) => `Przypomnij: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`Żaden kandydat w Twojej skrzynce nie pasuje do <bdi class="inline">${query}</bdi>.`;
}
