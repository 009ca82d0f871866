/** The search, the filters and the sort order above the table. */
import { html, nothing, type TemplateResult } from 'lit';
import { MAX_NAME_CHARS } from '../../../proxy/contract/candidate.ts';
import { SESSION_STATUSES } from '../../../proxy/contract/status.ts';
import { statusLabel } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/results.ts';
import type { Results, ResultsQuery, ResultsSort } from '../../sync/results.ts';

type Option = [value: string, text: string];

export interface ToolbarOptions {
  /** False if the page has set the assessment. */
  hasAssessmentFilter: boolean;
  onSearch(text: string): void;
  onQueryChange(changes: Partial<ResultsQuery>): void;
}

export function renderToolbar({ query, config }: Results, options: ToolbarOptions): TemplateResult {
  const { hasAssessmentFilter, onSearch, onQueryChange } = options;
  // Sorting by score compares candidates, so it is available only if IT has enabled comparison.
  const sortOptions = Object.entries(strings.sortNames).filter(([sort]) => sort !== '-overall' || config?.comparison);
  const statuses = SESSION_STATUSES.map((status): Option => [status, statusLabel(status)]);
  const assessments = (config?.assessments ?? [])
    .filter(({ project_id }) => project_id === query.project_id)
    .map(({ assessment_type, label }): Option => [assessment_type, label]);
  const statusOptions: Option[] = [['', strings.allStatuses], ...statuses];
  const assessmentOptions: Option[] = [['', strings.allAssessments], ...assessments];
  const readValue = ({ target }: Event) => (target as HTMLInputElement | HTMLSelectElement).value;
  return html`<div class="toolbar">
    <label>${strings.searchLabel}<input part="search" type="search" maxlength=${MAX_NAME_CHARS} autocomplete="off" .value=${query.q ?? ''}
      @input=${(event: Event) => onSearch(readValue(event))} /></label>
    <label>${strings.statusFilter}<select part="status-filter" @change=${(event: Event) => onQueryChange({ status: readValue(event) })}
      >${renderOptions(statusOptions, query.status)}</select></label>
    ${
      hasAssessmentFilter && assessments.length > 1
        ? html`<label>${strings.assessmentFilter}<select part="assessment-filter" @change=${(event: Event) => onQueryChange({ assessment_type: readValue(event) })}
          >${renderOptions(assessmentOptions, query.assessment_type)}</select></label>`
        : nothing
    }
    <label>${strings.sortLabel}<select part="sort" @change=${(event: Event) => onQueryChange({ sort: readValue(event) as ResultsSort })}
      >${renderOptions(sortOptions, query.sort)}</select></label>
  </div>`;
}

function renderOptions(options: readonly Option[], selected = ''): TemplateResult[] {
  return options.map(([value, text]) => html`<option value=${value} ?selected=${value === selected}>${text}</option>`);
}
