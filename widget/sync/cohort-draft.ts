/** The candidates that the recruiter is about to invite. The proxy checks each row in a dry run. */
import { toCandidateKey } from '../../proxy/contract/candidate.ts';
import { type BatchRow, INVALID_ROW_REASONS } from '../api/parse-batch.ts';
import type { CandidateInput } from '../package/elements.ts';

/**
 * What an invite of the row would do. `conflict`: the candidate already has another assessment of the project. `ended`:
 * the candidate's session has ended without a result.
 */
export type DraftRowKind = 'unchecked' | 'new' | 'existing' | 'conflict' | 'ended' | 'invalid';

export interface DraftRow extends CandidateInput {
  /** Identifies the row while the recruiter edits the list. */
  id: number;
  /** The expected outcome; undefined until the proxy has checked the row. */
  check: Pick<BatchRow, 'status' | 'reason'> | undefined;
}

/** Removes all properties except the email and the name. */
export function toInput({ candidate_email, candidate_name }: CandidateInput): CandidateInput {
  return { candidate_email, candidate_name };
}

export function getRowKind({ check }: DraftRow): DraftRowKind {
  if (!check) return 'unchecked';
  const { status, reason = '' } = check;
  if (status === 'invited') return 'new';
  if (status === 'existing') return 'existing';
  if (reason === 'type_conflict') return 'conflict';
  // A dry run returns one other reason: `upstream_rejected` if the candidate's session ended without a result.
  return INVALID_ROW_REASONS.includes(reason) ? 'invalid' : 'ended';
}

export class CohortDraft {
  rows: DraftRow[];
  #nextId = 0;

  constructor(candidates: readonly CandidateInput[]) {
    this.rows = candidates.map((candidate) => ({ id: this.#nextId++, ...toInput(candidate), check: undefined }));
  }

  /** Rows to check, in the order of the list, so that the first of several rows with the same email is the valid one. */
  get uncheckedRows(): DraftRow[] {
    return this.rows.filter(({ check }) => !check);
  }

  listByKind(kind: DraftRowKind | undefined): DraftRow[] {
    return kind ? this.rows.filter((row) => getRowKind(row) === kind) : this.rows;
  }

  countByKind(): Record<DraftRowKind, number> {
    const counts = { unchecked: 0, new: 0, existing: 0, conflict: 0, ended: 0, invalid: 0 };
    for (const row of this.rows) counts[getRowKind(row)]++;
    return counts;
  }

  edit(id: number, values: CandidateInput): void {
    this.#replace(id, (row) => [{ ...row, ...values, check: undefined }]);
  }

  remove(id: number): void {
    this.#replace(id, () => []);
  }

  /** Stores the results of a dry run, one for each row of `checked`, with the normalized email and name. */
  applyCheck(checked: readonly DraftRow[], results: readonly BatchRow[]): void {
    const byId = new Map(checked.map(({ id }, index) => [id, results[index]]));
    this.rows = this.rows.map((row) => {
      const result = byId.get(row.id);
      if (!result || row.check) return row;
      const { candidate_email, candidate_name, status, reason } = result;
      return { id: row.id, candidate_email, candidate_name, check: { status, ...(reason && { reason }) } };
    });
  }

  /** Replaces or removes a row. Rows with its old or new email become unchecked, because one may be a duplicate. */
  #replace(id: number, change: (row: DraftRow) => DraftRow[]): void {
    const keys = new Set<string>();
    const rows = this.rows.flatMap((row) => {
      if (row.id !== id) return [row];
      const changed = change(row);
      for (const { candidate_email } of [row, ...changed]) keys.add(toCandidateKey(candidate_email));
      return changed;
    });
    this.rows = rows.map((row) =>
      row.check && keys.has(toCandidateKey(row.candidate_email)) ? { ...row, check: undefined } : row,
    );
  }
}
