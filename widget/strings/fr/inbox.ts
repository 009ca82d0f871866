import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'Boîte de réception des évaluations';
export const finishedHeading = 'Terminées ou clôturées';
export const waitingHeading = 'Aucune activité depuis 5 jours ou plus';
export const newBadge = 'Nouveau';
export const emptyInbox = 'Les résultats des candidats que vous invitez s’afficheront ici.';
export const nothingNew = 'Aucun nouveau résultat.';
export const showReminder = 'Relancer';
export const searchLabel = 'Rechercher par nom ou e-mail';
export const searching = 'Recherche…';
export const showMore = 'Afficher plus';
export const showMoreLabel = (list: string) => `Afficher plus : ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ nouveaux résultats.`
    : plural(count, { one: '# nouveau résultat.', other: '# nouveaux résultats.' });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ évaluations clôturées avant la fin.`
    : plural(count, { one: '# évaluation clôturée avant la fin.', other: '# évaluations clôturées avant la fin.' });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ personnes sans activité depuis 5 jours ou plus.`
    : plural(count, {
        one: '# personne sans activité depuis 5 jours ou plus.',
        other: '# personnes sans activité depuis 5 jours ou plus.',
      });
export const showReminderLabel = (name: string) => `Relancer : ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`Personne dans votre boîte de réception ne correspond à <bdi class="inline">${query}</bdi>.`;
}
