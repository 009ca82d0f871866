/** Everything that is held about one candidate, for whoever has a right to ask for it. */

import { type Actor, findPseudonym, formatAuditEntry, recordAudit } from '../audit/audit-log.ts';
import type { RowStatus } from '../contract/batch.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { Session } from '../contract/session.ts';
import { toSession } from '../sessions/session.ts';
import type { Store } from '../store/store.ts';

export interface CandidateExport {
  candidate_email: string;
  sessions: (Session & { application_id?: string; ats?: string; scorecard?: Scorecard })[];
  /** Rows of batches, oldest first. */
  batches: { batch_id: string; candidate_email: string; candidate_name: string; status: RowStatus; reason?: string }[];
  /** The audit record's entries about the candidate, oldest first, this export included. */
  audit: unknown[];
}

/** Entries of the record that one export holds at the most. */
const MAX_AUDIT_ENTRIES = 100_000;

/** Answers what there is, in all projects; empty lists where there is nothing. */
export type ExportCandidate = (email: string, by: Actor) => Promise<CandidateExport>;

export function createExportCandidate({ store }: { store: Store }): ExportCandidate {
  return (email, by) =>
    store.write(async (queries) => {
      const candidate_key = toCandidateKey(email);
      const rows = await queries.sessions.listByCandidates([candidate_key]);
      const batchRows = await queries.batches.listRowsByCandidate(candidate_key);
      if (rows.length || batchRows.length)
        await recordAudit(queries, { actor: by, action: 'exported', subject: { candidate_key } });
      const pseudonym = await findPseudonym(queries, candidate_key);
      const entries = pseudonym ? await queries.audit.listAfter(0, MAX_AUDIT_ENTRIES, pseudonym) : [];
      return {
        candidate_email: email,
        sessions: rows.map((row) => ({
          ...toSession(row),
          ...(row.application_id !== null && { application_id: row.application_id }),
          ...(row.ats !== null && { ats: row.ats }),
          ...(row.scorecard !== null && { scorecard: JSON.parse(row.scorecard) as Scorecard }),
        })),
        batches: batchRows.map(({ batch_id, candidate_email, candidate_name, status, reason }) => ({
          batch_id,
          candidate_email,
          candidate_name,
          status,
          ...(reason !== null && { reason }),
        })),
        audit: entries.map((entry) => JSON.parse(formatAuditEntry(entry))),
      };
    });
}
