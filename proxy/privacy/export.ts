/** Exports everything stored about a candidate, for a subject access request (GDPR, article 15). */
import { type Actor, findPseudonym, formatAuditEntry, recordAudit } from '../audit/audit-log.ts';
import type { RowStatus } from '../contract/batch.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { Session } from '../contract/session.ts';
import { toSession } from '../sessions/session.ts';
import type { SessionRow, StoredBatchRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

type ExportedSession = Session & { application_id?: string; ats?: string; scorecard?: Scorecard };

interface ExportedBatchRow {
  batch_id: string;
  candidate_email: string;
  candidate_name: string;
  status: RowStatus;
  reason?: string;
}

export interface CandidateExport {
  candidate_email: string;
  sessions: ExportedSession[];
  /** Batch rows, oldest first. */
  batches: ExportedBatchRow[];
  /** Entries of the audit log, oldest first. The last one is about this export. */
  audit: unknown[];
}

const MAX_AUDIT_ENTRIES = 100_000;

/** The lists are empty if the candidate is unknown. */
export type ExportCandidate = (email: string, actor: Actor) => Promise<CandidateExport>;

export function createExportCandidate({ store }: { store: Store }): ExportCandidate {
  return (email, actor) =>
    store.write(async (queries) => {
      const candidate_key = toCandidateKey(email);
      const sessions = await queries.sessions.listByCandidates([candidate_key]);
      const batchRows = await queries.batches.listRowsByCandidate(candidate_key);
      if (sessions.length || batchRows.length) {
        await recordAudit(queries, { actor, action: 'exported', subject: { candidate_key } });
      }
      const pseudonym = await findPseudonym(queries, candidate_key);
      const entries = pseudonym ? await queries.audit.listAfter(0, MAX_AUDIT_ENTRIES, pseudonym) : [];
      return {
        candidate_email: email,
        sessions: sessions.map(exportSession),
        batches: batchRows.map(exportBatchRow),
        audit: entries.map((entry) => JSON.parse(formatAuditEntry(entry))),
      };
    });
}

function exportSession(row: SessionRow): ExportedSession {
  return {
    ...toSession(row),
    ...(row.application_id !== null && { application_id: row.application_id }),
    ...(row.ats !== null && { ats: row.ats }),
    ...(row.scorecard !== null && { scorecard: JSON.parse(row.scorecard) as Scorecard }),
  };
}

function exportBatchRow({ batch_id, candidate_email, candidate_name, status, reason }: StoredBatchRow) {
  return { batch_id, candidate_email, candidate_name, status, ...(reason !== null && { reason }) };
}
