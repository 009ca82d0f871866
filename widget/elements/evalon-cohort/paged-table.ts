/** What the preview and a batch share: buttons that filter the rows, and a table that shows one page of them. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import * as strings from '../../strings/en/cohort.ts';

export const ROWS_PER_PAGE = 50;

export interface FilterOption {
  /** Undefined shows all rows. */
  value: string | undefined;
  label: string;
  count: number;
}

export interface TableState {
  filter: string | undefined;
  /** The first page is 0. */
  page: number;
}

/** Hides filters that match no rows, except the selected one. */
export function renderFilters(
  options: readonly FilterOption[],
  selected: string | undefined,
  onSelect: (value: string | undefined) => void,
): TemplateResult {
  const shown = options.filter(({ value, count }) => count || value === selected || value === undefined);
  return html`<div class="actions filters" role="group" aria-label=${strings.filterLabel} part="filters">
    ${shown.map(
      ({ value, label, count }) =>
        html`<button aria-pressed=${value === selected} @click=${() => onSelect(value)}>${strings.filterOption(label, count)}</button>`,
    )}
  </div>`;
}

export interface PagedTableOptions<Row> {
  rows: readonly Row[];
  page: number;
  label: string;
  columns: readonly { title: string; className: string }[];
  getKey(row: Row, index: number): unknown;
  renderRow(row: Row): TemplateResult;
  onPage(page: number): void;
}

/** Sets the ARIA roles explicitly, because the stacked layout of narrow elements removes them. */
export function renderPagedTable<Row>(options: PagedTableOptions<Row>): TemplateResult {
  const { rows, label, columns, getKey, renderRow } = options;
  if (!rows.length) return html`<p>${strings.noRows}</p>`;
  const page = Math.min(options.page, Math.ceil(rows.length / ROWS_PER_PAGE) - 1);
  const start = page * ROWS_PER_PAGE;
  const shown = rows.slice(start, start + ROWS_PER_PAGE);
  return html`<table part="rows" role="table" aria-label=${label}>
      <thead>
        <tr>${columns.map(({ title, className }) => html`<th scope="col" class=${className}>${title}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">${repeat(shown, (row, index) => getKey(row, start + index), renderRow)}</tbody>
    </table>
    ${rows.length > ROWS_PER_PAGE ? renderPager(options, page, start + shown.length) : nothing}`;
}

function renderPager<Row>({ rows, onPage }: PagedTableOptions<Row>, page: number, last: number): TemplateResult {
  const isLast = last >= rows.length;
  return html`<div class="pager" part="pager">
    <p>${strings.pageRange({ first: page * ROWS_PER_PAGE + 1, last, total: rows.length })}</p>
    <div class="actions">
      <button ?disabled=${page === 0} @click=${() => onPage(page - 1)}>${strings.previousPage}</button>
      <button ?disabled=${isLast} @click=${() => onPage(page + 1)}>${strings.nextPage}</button>
    </div>
  </div>`;
}
