/** The search, the filters and the order above the table. */
import { html, nothing, type TemplateResult } from 'lit';
import { SESSION_STATUSES } from '../../../proxy/contract/status.ts';
import { statusLabel } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/results.ts';
import type { Results, ResultsQuery, ResultsSort } from '../../sync/results.ts';

type Choice = [value: string, text: string];

export interface ToolsOptions {
  /** False if the page shows one assessment only. */
  hasTypeFilter: boolean;
  onSearch(text: string): void;
  onChange(change: Partial<ResultsQuery>): void;
}

export function renderTools({ query, config }: Results, options: ToolsOptions): TemplateResult {
  const { hasTypeFilter, onSearch, onChange } = options;
  const sorts = Object.entries(strings.sortNames).filter(([sort]) => sort !== '-overall' || config?.comparison);
  const assessments = config?.assessments.filter(({ project_id }) => project_id === query.project_id) ?? [];
  const types = assessments.map(({ assessment_type, label }): Choice => [assessment_type, label]);
  const statuses = SESSION_STATUSES.map((status): Choice => [status, statusLabel(status)]);
  const statusChoices: Choice[] = [['', strings.allStatuses], ...statuses];
  const typeChoices: Choice[] = [['', strings.allAssessments], ...types];
  const read = ({ target }: Event) => (target as HTMLInputElement | HTMLSelectElement).value;
  return html`<div class="tools">
    <label>${strings.searchLabel}<input part="search" type="search" maxlength="254" autocomplete="off" .value=${query.q ?? ''}
      @input=${(event: Event) => onSearch(read(event))} /></label>
    <label>${strings.statusFilter}<select part="status-filter" @change=${(event: Event) => onChange({ status: read(event) })}
      >${renderChoices(statusChoices, query.status)}</select></label>
    ${
      hasTypeFilter && types.length > 1
        ? html`<label>${strings.assessmentFilter}<select part="assessment-filter" @change=${(event: Event) => onChange({ assessment_type: read(event) })}
          >${renderChoices(typeChoices, query.assessment_type)}</select></label>`
        : nothing
    }
    <label>${strings.sortLabel}<select part="sort" @change=${(event: Event) => onChange({ sort: read(event) as ResultsSort })}
      >${renderChoices(sorts, query.sort)}</select></label>
  </div>`;
}

function renderChoices(choices: readonly Choice[], selected = ''): TemplateResult[] {
  return choices.map(
    ([choice, text]) => html`<option value=${choice} ?selected=${choice === selected}>${text}</option>`,
  );
}
