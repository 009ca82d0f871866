/** Previews a bulk invite: what it would do for each candidate. The recruiter can edit and remove rows. */
import { html, nothing, type TemplateResult } from 'lit';
import { renderProblemText } from '../../components/problem.ts';
import * as strings from '../../strings/en/cohort.ts';
import { retry } from '../../strings/en/common.ts';
import type { Cohort } from '../../sync/cohort.ts';
import { type CohortDraft, type DraftRow, type DraftRowKind, getRowKind } from '../../sync/cohort-draft.ts';
import { describeReason } from './describe-batch.ts';
import { renderFilters, renderPagedTable, type TableState } from './paged-table.ts';

const KINDS: readonly DraftRowKind[] = ['unchecked', 'new', 'existing', 'conflict', 'ended', 'invalid'];

export interface PreviewState extends TableState {
  editedRowId: number | undefined;
}

export interface PreviewActions {
  setState(changes: Partial<PreviewState>): void;
  /** Moves the focus after a row was removed or its form was closed. Without an id, focuses the heading. */
  focusRow(id: number | undefined): void;
}

export function renderPreview(
  cohort: Cohort,
  draft: CohortDraft,
  state: PreviewState,
  actions: PreviewActions,
): TemplateResult {
  const counts = draft.countByKind();
  const filters = [
    { value: undefined, label: strings.all, count: draft.rows.length },
    ...KINDS.map((kind) => ({ value: kind, label: strings.previewKinds[kind], count: counts[kind] })),
  ];
  return html`<div class="rows" part="preview">
    <h3 tabindex="-1">${strings.previewHeading}</h3>
    ${renderFilters(filters, state.filter, (filter) => actions.setState({ filter, page: 0 }))}
    ${renderPagedTable({
      rows: draft.listByKind(state.filter as DraftRowKind | undefined),
      page: state.page,
      label: strings.previewHeading,
      columns: [
        { title: strings.nameColumn, className: 'name' },
        { title: strings.emailColumn, className: 'email' },
        { title: strings.statusColumn, className: '' },
        { title: strings.actionsColumn, className: 'tools' },
      ],
      getKey: ({ id }) => id,
      renderRow: (row) =>
        row.id === state.editedRowId ? renderEditForm(cohort, row, actions) : renderRow(cohort, draft, row, actions),
      onPage: (page) => actions.setState({ page }),
    })}
    ${renderInviteActions(cohort, draft, counts)}
  </div>`;
}

function renderRow(cohort: Cohort, draft: CohortDraft, row: DraftRow, actions: PreviewActions): TemplateResult {
  const { id, candidate_name: name, candidate_email: email } = row;
  const kind = getRowKind(row);
  const candidate = name || email;
  const remove = () => {
    const index = draft.rows.findIndex((other) => other.id === id);
    actions.focusRow((draft.rows[index + 1] ?? draft.rows[index - 1])?.id);
    void cohort.removeRow(id);
  };
  return html`<tr part="row" role="row" id="row-${id}" tabindex="-1" class=${kind === 'invalid' ? 'failed-row' : ''}>
    <td role="cell"><b><bdi>${name || '–'}</bdi></b></td>
    <td role="cell"><bdi title=${email}>${email}</bdi></td>
    <td role="cell"><b>${strings.previewKinds[kind]}</b>${renderReason(row)}</td>
    <td role="cell">
      <div class="actions">
        <button aria-label=${strings.editLabel(candidate)} @click=${() => actions.setState({ editedRowId: id })}>${strings.edit}</button>
        <button aria-label=${strings.removeLabel(candidate)} @click=${remove}>${strings.remove}</button>
      </div>
    </td>
  </tr>`;
}

/** The kind `ended` needs no reason: its name is the reason. */
function renderReason(row: DraftRow): TemplateResult | typeof nothing {
  const reason = row.check?.reason;
  if (!reason || getRowKind(row) === 'ended') return nothing;
  return html`<small><bdi>${describeReason(reason, row.candidate_name)}</bdi></small>`;
}

function renderEditForm(cohort: Cohort, row: DraftRow, actions: PreviewActions): TemplateResult {
  const close = () => {
    actions.setState({ editedRowId: undefined });
    actions.focusRow(row.id);
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget as HTMLFormElement);
    const read = (name: string) => String(values.get(name) ?? '');
    void cohort.editRow(row.id, { candidate_name: read('name'), candidate_email: read('email') });
    close();
  };
  const { candidate_name, candidate_email, check } = row;
  const invalidField = getRowKind(row) === 'invalid' ? getInvalidField(check?.reason) : undefined;
  const problemId = `row-${row.id}-problem`;
  const getProblemId = (field: string) => (field === invalidField ? problemId : nothing);
  return html`<tr part="row" role="row" id="row-${row.id}">
    <td role="cell" colspan="4">
      <form class="rows" novalidate @submit=${onSubmit} @keydown=${({ key }: KeyboardEvent) => key === 'Escape' && close()}>
        <label><span>${strings.nameLabel}</span><input name="name" dir="auto" autocomplete="off" .value=${candidate_name}
          aria-invalid=${invalidField === 'name'} aria-describedby=${getProblemId('name')} /></label>
        <label><span>${strings.emailColumn}</span><input name="email" dir="ltr" inputmode="email" autocomplete="off" .value=${candidate_email}
          aria-invalid=${invalidField === 'email'} aria-describedby=${getProblemId('email')} /></label>
        ${check?.reason ? html`<p class="failed" part="problem" id=${problemId}>${describeReason(check.reason, candidate_name)}</p>` : nothing}
        <div class="actions">
          <button class="primary" type="submit">${strings.save}</button>
          <button type="button" @click=${close}>${strings.cancelEdit}</button>
        </div>
      </form>
    </td>
  </tr>`;
}

/** The other reasons are about the email: it is invalid, or another row has it. */
function getInvalidField(reason: string | undefined): 'name' | 'email' {
  return reason === 'invalid_name' ? 'name' : 'email';
}

function renderInviteActions(cohort: Cohort, draft: CohortDraft, counts: Record<DraftRowKind, number>): TemplateResult {
  const isInviting = cohort.runningAction === 'invite';
  const isChecking = counts.unchecked > 0 && !cohort.actionProblem;
  const skippedCount = draft.rows.length - counts.new;
  const text = isInviting ? strings.invitingCount(counts.new) : strings.inviteCount(counts.new);
  return html`${cohort.actionProblem ? renderProblemText(cohort.actionProblem) : nothing}
    ${isChecking ? html`<p>${strings.checking}</p>` : renderSummary(counts.new, skippedCount, cohort)}
    <div class="actions">
      ${
        counts.unchecked && cohort.actionProblem
          ? html`<button class="primary" part="check-button" @click=${() => cohort.checkDraft()}>${retry}</button>`
          : html`<button
            class="primary"
            part="invite-button"
            aria-disabled=${isInviting || isChecking || !counts.new}
            @click=${() => isInviting || isChecking || cohort.invite()}
          >${text}</button>`
      }
      <button ?disabled=${isInviting} @click=${() => cohort.setCandidates([])}>${strings.discardList}</button>
    </div>`;
}

function renderSummary(newCount: number, skippedCount: number, { config }: Cohort): TemplateResult {
  const sentences = [
    newCount ? '' : strings.nothingToInvite,
    skippedCount && newCount ? strings.skippedCount(skippedCount) : '',
    newCount && config?.delivery === 'copy' ? strings.linksAfterInvite : '',
  ];
  return html`<p>${sentences.filter(Boolean).join(' ')}</p>`;
}
