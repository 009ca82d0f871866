import { html, type TemplateResult } from 'lit';
import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = 'Poprzednie sesje';
export const history = (previousCount: number) =>
  previousCount
    ? formats.plural(previousCount, {
        one: 'Historia · # poprzednia sesja',
        few: 'Historia · # poprzednie sesje',
        many: 'Historia · # poprzednich sesji',
        other: 'Historia · # poprzedniej sesji',
      })
    : 'Historia';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Tylko jedna ocena na projekt. <bdi>${name}</bdi> ma już <bdi class="end">${held}</bdi>.`;
}

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status) ? `Ostatnia aktywność: ${statusLabel(status)}` : 'Evalon zgłosił nową aktywność.';
}
