/** Exports everything stored about a candidate, for a subject access request (GDPR, article 15). */
import { type Actor, findPseudonym, formatAuditEntry, recordAudit } from '../audit/audit-log.ts';
import { toRecruiterReference } from '../auth/recruiter-names.ts';
import type { RowStatus } from '../contract/batch.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { Handover, RecruiterReference, Session } from '../contract/session.ts';
import { toSession } from '../sessions/session.ts';
import type { OutboxChannel, OutboxRow, SessionHistoryEntry, SessionRow, StoredBatchRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { findUnrecognizedWebhooks } from '../webhooks/search-unrecognized.ts';

export interface ExportedSession extends Omit<Session, 'ats_writes'> {
  application_id?: string;
  ats?: string;
  scorecard?: Scorecard;
  history: Omit<SessionHistoryEntry, 'id' | 'session_uuid'>[];
  /** When recruiters passed the link on, oldest first, and whether the text contained the notice for candidates. */
  handovers: {
    at: string;
    kind: Handover['kind'];
    channel: Handover['channel'];
    by: RecruiterReference;
    with_notice: boolean;
  }[];
  /** When each recruiter first read the result. */
  result_reads: { at: string; by: RecruiterReference }[];
  /** What the proxy wrote into the ATS, or will write. */
  ats_writes: ExportedDelivery[];
  /** What recruiters ordered in the ATS. */
  partner_orders: { ats: string; created_at: string; cancelled_at?: string }[];
  /** Updates about these orders that the proxy sent to the ATS, or will send. */
  partner_updates: ExportedDelivery[];
  /** The stage changes in the ATS that matched a trigger. */
  stage_changes: { received_at: string; state: string; problem?: string }[];
  /** The status changes that the proxy sent to `OUTBOUND_WEBHOOK_URL`, or will send. */
  outbound_webhooks: ExportedDelivery[];
  /** Evalon's unmodified responses, as text. */
  raw_answers: { message: string; received_at: string; is_truncated: boolean; body: string }[];
}

interface ExportedDelivery {
  target: string;
  version: number;
  state: string;
  created_at: string;
  finished_at?: string;
}

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
  /** Webhooks that mention the candidate and are not understood, as text, oldest first. */
  unrecognized_webhooks: { received_at: string; body: string }[];
  /** Batch rows, oldest first. */
  batches: ExportedBatchRow[];
  /** Entries of the audit log, oldest first. The last entry is about this export. */
  audit: unknown[];
}

const MAX_AUDIT_ENTRIES = 100_000;
const MAX_RESULT_READS = 100_000;

/** The lists are empty if the candidate is unknown. */
export type ExportCandidate = (email: string, actor: Actor) => Promise<CandidateExport>;

export function createExportCandidate({ store }: { store: Store }): ExportCandidate {
  return (email, actor) =>
    store.write(async (queries) => {
      const candidate_key = toCandidateKey(email);
      const sessions = await queries.sessions.listByCandidates([candidate_key]);
      const batchRows = await queries.batches.listRowsByCandidate(candidate_key);
      const unrecognizedWebhooks = await findUnrecognizedWebhooks(queries, {
        emails: [candidate_key, ...sessions.map(({ candidate_email }) => candidate_email)],
        sessionUuids: sessions.map(({ session_uuid }) => session_uuid),
      });
      if (sessions.length || batchRows.length || unrecognizedWebhooks.length) {
        await recordAudit(queries, { actor, action: 'exported', subject: { candidate_key } });
      }
      const pseudonym = await findPseudonym(queries, candidate_key);
      const entries = pseudonym ? await queries.audit.listAfter(0, MAX_AUDIT_ENTRIES, pseudonym) : [];
      return {
        candidate_email: email,
        sessions: await Promise.all(sessions.map((session) => exportSession(queries, session))),
        unrecognized_webhooks: unrecognizedWebhooks.map(({ received_at, body }) => ({ received_at, body })),
        batches: batchRows.map(exportBatchRow),
        audit: entries.map((entry) => JSON.parse(formatAuditEntry(entry))),
      };
    });
}

export async function exportSession(
  { history, handovers, resultReads, outbox, partnerOrders, stageChanges, rawAnswers }: Queries,
  row: SessionRow,
): Promise<ExportedSession> {
  const entries = await history.list(row.session_uuid);
  const handoverRows = await handovers.list(row.session_uuid);
  const reads = await resultReads.list(row.session_uuid, MAX_RESULT_READS);
  const deliveries = await outbox.list(row.session_uuid);
  const exportDeliveries = (channel: OutboxChannel) =>
    deliveries.filter((delivery) => delivery.channel === channel).map(exportDelivery);
  const orders = await partnerOrders.list(row.session_uuid);
  const { ats, application_id } = row;
  const changes = ats === null || application_id === null ? [] : await stageChanges.list(ats, application_id);
  const answers = await rawAnswers.list(row.session_uuid);
  return {
    ...toSession(row),
    ...(row.application_id !== null && { application_id: row.application_id }),
    ...(row.ats !== null && { ats: row.ats }),
    ...(row.scorecard !== null && { scorecard: JSON.parse(row.scorecard) as Scorecard }),
    history: entries.map(({ id: _id, session_uuid: _, ...entry }) => entry),
    handovers: handoverRows.map(({ at, kind, channel, recruiter, recruiter_name, with_notice }) => ({
      at,
      kind,
      channel,
      by: toRecruiterReference(recruiter, recruiter_name),
      with_notice: with_notice === 1,
    })),
    result_reads: reads.map(({ at, recruiter, recruiter_name }) => ({
      at,
      by: toRecruiterReference(recruiter, recruiter_name),
    })),
    ats_writes: exportDeliveries('ats'),
    partner_orders: orders.map(({ ats, created_at, cancelled_at }) => ({
      ats,
      created_at,
      ...(cancelled_at !== null && { cancelled_at }),
    })),
    partner_updates: exportDeliveries('partner'),
    stage_changes: changes.map(({ received_at, state, problem }) => ({
      received_at,
      state,
      ...(problem !== null && { problem }),
    })),
    outbound_webhooks: exportDeliveries('webhook'),
    raw_answers: answers.map(({ message, received_at, is_truncated, body }) => ({
      message,
      received_at,
      is_truncated: is_truncated === 1,
      body,
    })),
  };
}

function exportDelivery({ target, version, state, created_at, finished_at }: OutboxRow): ExportedDelivery {
  return { target, version, state, created_at, ...(finished_at !== null && { finished_at }) };
}

function exportBatchRow({ batch_id, candidate_email, candidate_name, status, reason }: StoredBatchRow) {
  return { batch_id, candidate_email, candidate_name, status, ...(reason !== null && { reason }) };
}
