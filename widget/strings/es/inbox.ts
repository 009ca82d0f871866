import { html, type TemplateResult } from 'lit';
import type { CappedCount } from '../en/inbox.ts';
import { formats } from './formats.ts';

const { formatNumber, plural } = formats;

export const { formatTimeAgo } = formats;
export const inboxTitle = 'Bandeja de evaluaciones';
export const finishedHeading = 'Completadas o finalizadas';
export const waitingHeading = 'Sin actividad desde hace 5 días o más';
export const newBadge = 'Nuevo';
export const emptyInbox = 'Los resultados de los candidatos que invite aparecerán aquí.';
export const nothingNew = 'No hay resultados nuevos.';
export const showReminder = 'Recordar';
export const searchLabel = 'Buscar por nombre o correo';
export const searching = 'Buscando…';
export const showMore = 'Mostrar más';
export const showMoreLabel = (list: string) => `Mostrar más: ${list}`;
export const newResults = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ resultados nuevos.`
    : plural(count, { one: '# resultado nuevo.', other: '# resultados nuevos.' });
export const newlyEnded = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ evaluaciones finalizadas antes de tiempo.`
    : plural(count, {
        one: '# evaluación finalizada antes de tiempo.',
        other: '# evaluaciones finalizadas antes de tiempo.',
      });
export const waitingCount = ({ count, hasMore }: CappedCount) =>
  hasMore
    ? `${formatNumber(count)}+ personas sin actividad desde hace 5 días o más.`
    : plural(count, {
        one: '# persona sin actividad desde hace 5 días o más.',
        other: '# personas sin actividad desde hace 5 días o más.',
      });
export const showReminderLabel = (name: string) => `Recordar: ${name}`;

export function noMatch(query: string): TemplateResult {
  return html`Ningún candidato de su bandeja coincide con <bdi class="inline">${query}</bdi>.`;
}
