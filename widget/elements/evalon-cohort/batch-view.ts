/** Renders a batch: its progress while it runs, and the outcome of each candidate. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Batch, type BatchRow, INVALID_ROW_REASONS } from '../../api/parse-batch.ts';
import { renderCopyButton } from '../../components/copy-button.ts';
import { renderProblem, renderProblemText } from '../../components/problem.ts';
import { renderSkeleton } from '../../components/skeleton.ts';
import * as strings from '../../strings/en/cohort.ts';
import { formatDate, offline, reconnecting } from '../../strings/en/common.ts';
import type { BatchWatcher } from '../../sync/batch-watcher.ts';
import type { Cohort } from '../../sync/cohort.ts';
import { toCsv, toTabSeparated } from '../../util/csv.ts';
import { saveCsvFile } from '../../util/download.ts';
import { describeFinishedBatch, describeOutcome, describeReason, describeTimeLeft } from './describe-batch.ts';
import { renderFilters, renderPagedTable, type TableState } from './paged-table.ts';

const STATUSES = ['queued', 'invited', 'existing', 'failed', 'cancelled'] as const;
const NON_RETRYABLE_REASONS = [...INVALID_ROW_REASONS, 'erased'];

export interface BatchState extends TableState {
  isConfirmingCancel: boolean;
}

export function renderBatch(
  cohort: Cohort,
  watcher: BatchWatcher,
  state: BatchState,
  setState: (changes: Partial<BatchState>) => void,
  findLabel: (assessmentType: string) => string,
): TemplateResult {
  const { batch, problem } = watcher;
  if (!batch) return problem ? renderProblem(problem, () => watcher.retry()) : renderSkeleton();
  const filters = [
    { value: undefined, label: strings.all, count: batch.total },
    ...STATUSES.map((status) => ({ value: status, label: describeOutcome(status), count: batch.counts[status] })),
  ];
  const rows = state.filter ? batch.rows.filter(({ status }) => status === state.filter) : batch.rows;
  return html`<div class="rows" part="batch">
    <h3 tabindex="-1"><bdi>${findLabel(batch.assessment_type)}</bdi> · <bdi>${formatDate(batch.created_at)}</bdi></h3>
    ${renderProgress(watcher, batch)}
    ${cohort.actionProblem ? renderProblemText(cohort.actionProblem) : nothing}
    ${renderActions(cohort, batch, state, setState)}
    ${renderFilters(filters, state.filter, (filter) => setState({ filter, page: 0 }))}
    ${renderPagedTable({
      rows,
      page: state.page,
      label: strings.cohortTitle,
      columns: [
        { title: strings.nameColumn, className: 'name' },
        { title: strings.emailColumn, className: 'email' },
        { title: strings.statusColumn, className: '' },
        { title: strings.actionsColumn, className: 'tools' },
      ],
      getKey: (_, index) => index,
      renderRow,
      onPage: (page) => setState({ page }),
    })}
  </div>`;
}

function renderProgress(watcher: BatchWatcher, { total, counts }: Batch): TemplateResult {
  if (!counts.queued) return html`<p>${describeFinishedBatch(counts)}</p>`;
  const doneCount = total - counts.queued;
  const text = strings.progressText(doneCount, total);
  const { timeLeftMs, problem, isOffline } = watcher;
  const estimate = timeLeftMs === undefined ? strings.estimating : describeTimeLeft(timeLeftMs);
  return html`<div class="rows" part="progress">
    <progress max=${total} .value=${doneCount} aria-label=${text}></progress>
    <p>${text} ${isOffline ? offline : problem ? reconnecting : estimate}</p>
  </div>`;
}

function renderActions(
  cohort: Cohort,
  batch: Batch,
  { isConfirmingCancel }: BatchState,
  setState: (changes: Partial<BatchState>) => void,
): TemplateResult {
  const { queued } = batch.counts;
  const canInvite = cohort.config?.canInvite;
  if (isConfirmingCancel && queued) {
    const cancel = () => {
      setState({ isConfirmingCancel: false });
      void cohort.cancelQueued();
    };
    return html`<p>${strings.cancelQuestion(queued)}</p>
    <div class="actions">
      <button class="primary danger" part="cancel-button" @click=${cancel}>${strings.cancelCount(queued)}</button>
      <button @click=${() => setState({ isConfirmingCancel: false })}>${strings.keepInviting}</button>
    </div>`;
  }
  const rowsWithLink = batch.rows.filter(({ candidate_url }) => candidate_url);
  const canRetry = batch.rows.some(
    ({ status, reason = '' }) => status === 'failed' && !NON_RETRYABLE_REASONS.includes(reason),
  );
  const recruiterSendsLinks = rowsWithLink.length > 0 && cohort.config?.delivery === 'copy';
  return html`${recruiterSendsLinks ? html`<p>${strings.linksNotSent}</p>` : nothing}
    <div class="actions">
      ${rowsWithLink.length ? renderCopyButton({ text: strings.copyLinks, label: strings.copyLinksLabel, content: formatLinks(rowsWithLink), isPrimary: recruiterSendsLinks && !queued }) : nothing}
      <button part="csv-button" @click=${() => downloadCsv(batch)}>${strings.downloadCsv}</button>
      ${canInvite && canRetry ? html`<button part="retry-failed-button" aria-disabled=${cohort.runningAction === 'retry'} @click=${() => cohort.retryFailed()}>${strings.retryFailed}</button>` : nothing}
      ${canInvite && queued ? html`<button class="danger" part="cancel-button" aria-disabled=${cohort.runningAction === 'cancel'} @click=${() => setState({ isConfirmingCancel: true })}>${strings.cancelQueued}</button>` : nothing}
      <button @click=${() => cohort.leaveBatch()}>${strings.inviteMore}</button>
    </div>`;
}

function renderRow({ candidate_name, candidate_email, status, reason, candidate_url }: BatchRow): TemplateResult {
  const label = strings.copyLinkLabel(candidate_name || candidate_email);
  return html`<tr part="row" role="row" class=${status === 'failed' ? 'failed-row' : ''}>
    <td role="cell"><b><bdi>${candidate_name || '–'}</bdi></b></td>
    <td role="cell"><bdi title=${candidate_email}>${candidate_email}</bdi></td>
    <td role="cell"><b>${describeOutcome(status)}</b>${reason ? html`<small><bdi>${describeReason(reason, candidate_name)}</bdi></small>` : nothing}</td>
    <td role="cell">
      <div class="actions">
        ${candidate_url ? renderCopyButton({ text: strings.copyLink, label, content: candidate_url }) : nothing}
      </div>
    </td>
  </tr>`;
}

/** Returns tab-separated columns, which spreadsheets and mail merges accept. */
function formatLinks(rows: readonly BatchRow[]): string {
  return toTabSeparated(
    rows.map(({ candidate_name, candidate_email, candidate_url }) => [candidate_name, candidate_email, candidate_url]),
  );
}

function downloadCsv({ rows, created_at }: Batch): void {
  const lines = rows.map(({ candidate_name, candidate_email, status, reason, candidate_url }) => [
    candidate_name,
    candidate_email,
    describeOutcome(status),
    describeReason(reason, candidate_name),
    candidate_url,
  ]);
  const date = created_at.slice(0, 'yyyy-mm-dd'.length);
  saveCsvFile(strings.csvFileName(date), toCsv([strings.csvHeader, ...lines]));
}
