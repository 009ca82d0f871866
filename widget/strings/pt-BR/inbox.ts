import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'Caixa de avaliações';
export const finishedHeading = 'Concluídas ou encerradas';
export const waitingHeading = 'Sem atividade há 5 dias ou mais';
export const newBadge = 'Novo';
export const emptyInbox = 'Os resultados dos candidatos que você convidar aparecerão aqui.';
export const nothingNew = 'Nenhum resultado novo.';
export const showReminder = 'Lembrar';
export const searchLabel = 'Buscar por nome ou e-mail';
export const searching = 'Buscando…';
export const showMore = 'Mostrar mais';
export const showMoreLabel = (list: string) => `Mostrar mais: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ novos resultados.`
    : plural(count, { one: '# novo resultado.', other: '# novos resultados.' });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ avaliações encerradas antes do fim.`
    : plural(count, { one: '# avaliação encerrada antes do fim.', other: '# avaliações encerradas antes do fim.' });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ pessoas sem atividade há 5 dias ou mais.`
    : plural(count, {
        one: '# pessoa sem atividade há 5 dias ou mais.',
        other: '# pessoas sem atividade há 5 dias ou mais.',
      });
export const showReminderLabel = (name: string) => `Lembrar: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`Nenhum candidato na sua caixa corresponde a <bdi class="inline">${query}</bdi>.`;
}
