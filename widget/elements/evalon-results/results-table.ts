/** The table of results. Sets the ARIA roles explicitly, because the stacked layout of narrow elements removes them. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Session } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import { renderScoreBar } from '../../components/score.ts';
import { formatDate, formatScore } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/results.ts';
import { getInviter } from './export-results.ts';

/** The maximum number of results side by side. */
export const MAX_COMPARED = 4;

export interface TableOptions {
  rows: readonly Session[];
  isBusy: boolean;
  /** If true, the date of the last change replaces the date of completion, which open sessions don't have. */
  isSortedByChange: boolean;
  openUuid: string | undefined;
  /** The sessions to compare; undefined if comparison is off. */
  selectedUuids: ReadonlySet<string> | undefined;
  findLabel(session: Session): string;
  onOpen(session: Session): void;
  onSelect(session: Session, isSelected: boolean): void;
  renderDetails(session: Session): TemplateResult;
}

export function renderTable(options: TableOptions): TemplateResult {
  const { compare, candidate, assessment, status, overall, sections, invitedBy, invited, ...dates } = strings.columns;
  const date = options.isSortedByChange ? dates.changed : dates.completed;
  const headings = [candidate, assessment, status, overall, sections, invitedBy, invited, date];
  return html`<table part="table" role="table" aria-label=${strings.resultsTitle} aria-busy=${options.isBusy ? 'true' : nothing}>
    <thead role="rowgroup"><tr role="row">
      ${options.selectedUuids ? html`<th role="columnheader" scope="col"><span class="sr">${compare}</span></th>` : nothing}
      ${headings.map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}
    </tr></thead>
    <tbody role="rowgroup">${repeat(
      options.rows,
      ({ session_uuid }) => session_uuid,
      (session) => renderRow(session, options, headings.length),
    )}</tbody>
  </table>`;
}

function renderRow(session: Session, options: TableOptions, columnCount: number): TemplateResult {
  const { session_uuid, candidate_name, candidate_email, score_summary, invited_at, updated_at, completed_at } =
    session;
  const isOpen = options.openUuid === session_uuid;
  const { selectedUuids } = options;
  const overall = score_summary?.overall;
  const { invited, ...dates } = strings.columns;
  return html`<tr part="row" role="row" class=${isOpen ? 'open' : nothing}>
      ${selectedUuids ? html`<td role="cell" class="select">${renderCheckbox(session, selectedUuids, options)}</td>` : nothing}
      <th role="rowheader" scope="row">
        <button part="candidate" aria-expanded=${isOpen} @click=${() => options.onOpen(session)}><bdi>${candidate_name}</bdi></button>
        ${candidate_email === candidate_name ? nothing : html`<small><bdi title=${candidate_email}>${candidate_email}</bdi></small>`}
      </th>
      <td role="cell" part="assessment"><bdi>${options.findLabel(session)}</bdi></td>
      <td role="cell" class="chip-cell">${renderChip(session)}</td>
      <td role="cell" part="overall" class=${overall === undefined ? 'none' : 'number'}>${
        overall === undefined ? nothing : formatScore(overall, score_summary?.overall_max)
      }</td>
      <td role="cell" part="sections" class=${score_summary?.sections.length ? nothing : 'none'}>${score_summary?.sections.map(
        (section) => html`<div class="section" title=${section.name}>${renderScoreBar(section)}</div>`,
      )}</td>
      <td role="cell" part="invited-by" class=${getInviter(session) ? nothing : 'none'}><bdi>${getInviter(session)}</bdi></td>
      <td role="cell" part="invited" data-label=${invited}>${formatDate(invited_at)}</td>
      ${
        options.isSortedByChange
          ? html`<td role="cell" part="changed" data-label=${dates.changed}>${formatDate(updated_at)}</td>`
          : html`<td role="cell" part="completed" data-label=${dates.completed} class=${completed_at ? nothing : 'none'}>${completed_at ? formatDate(completed_at) : nothing}</td>`
      }
    </tr>
    ${
      isOpen
        ? html`<tr role="row" class="details"><td role="cell" part="details" colspan=${columnCount + (selectedUuids ? 1 : 0)}>${options.renderDetails(session)}</td></tr>`
        : nothing
    }`;
}

function renderCheckbox(session: Session, selectedUuids: ReadonlySet<string>, { onSelect }: TableOptions) {
  const isSelected = selectedUuids.has(session.session_uuid);
  const isDisabled = !isSelected && (!session.score_summary || selectedUuids.size >= MAX_COMPARED);
  return html`<label><input type="checkbox" aria-label=${strings.compareLabel(session.candidate_name)}
    .checked=${isSelected} ?disabled=${isDisabled}
    @change=${({ target }: Event) => onSelect(session, (target as HTMLInputElement).checked)} /></label>`;
}
