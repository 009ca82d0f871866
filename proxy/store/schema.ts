/**
 * The tables. A column whose name ends in `_at`, `_until` or `_since` contains a time: ISO 8601 in UTC with
 * milliseconds, so that text order is time order. A `candidate_key` is a candidate's normalized email
 * (contract/candidate.ts). JSON is stored as text.
 */
import type { AuditTable, PseudonymsTable } from './schema/audit.ts';
import type { BatchesTable, BatchRowsTable } from './schema/batches.ts';
import type { ApiKeysTable, RatePermitsTable } from './schema/calls.ts';
import type { EventsTable, TombstonesTable } from './schema/events.ts';
import type { LeasesTable, WaitingCallsTable } from './schema/nodes.ts';
import type { OutboxTable } from './schema/outbox.ts';
import type { PartnerOrdersTable } from './schema/partners.ts';
import type { PinnedFilesTable } from './schema/pinned-files.ts';
import type {
  HandoversTable,
  InviteIntentsTable,
  RawAnswersTable,
  ResultReadsTable,
  ScoreCountsTable,
  SearchTokensTable,
  SessionHistoryTable,
  SessionsTable,
} from './schema/sessions.ts';
import type { SignInsTable, SsoAttemptsTable } from './schema/sso.ts';
import type { StageChangesTable } from './schema/stage-changes.ts';
import type { UnrecognizedWebhooksTable, WebhooksTable } from './schema/webhooks.ts';

/** Single values by key, such as the database's epoch and the end of Evalon's cooldown. */
interface MetaTable {
  key: string;
  value: string;
}

export interface Tables {
  meta: MetaTable;
  invite_intents: InviteIntentsTable;
  sessions: SessionsTable;
  score_counts: ScoreCountsTable;
  search_tokens: SearchTokensTable;
  raw_answers: RawAnswersTable;
  session_history: SessionHistoryTable;
  handovers: HandoversTable;
  result_reads: ResultReadsTable;
  outbox: OutboxTable;
  partner_orders: PartnerOrdersTable;
  stage_changes: StageChangesTable;
  webhooks: WebhooksTable;
  unrecognized_webhooks: UnrecognizedWebhooksTable;
  events: EventsTable;
  pseudonyms: PseudonymsTable;
  audit: AuditTable;
  tombstones: TombstonesTable;
  api_keys: ApiKeysTable;
  batches: BatchesTable;
  batch_rows: BatchRowsTable;
  rate_permits: RatePermitsTable;
  sso_attempts: SsoAttemptsTable;
  sign_ins: SignInsTable;
  leases: LeasesTable;
  waiting_calls: WaitingCallsTable;
  pinned_files: PinnedFilesTable;
}

export type { AuditRow, NewAuditRow } from './schema/audit.ts';
export type { NewBatch, NewBatchRow, StoredBatch, StoredBatchRow } from './schema/batches.ts';
export type { StoredPermit } from './schema/calls.ts';
export type { EventRow, NewEvent } from './schema/events.ts';
export type { NewOutboxRow, OutboxChannel, OutboxRow } from './schema/outbox.ts';
export type { PartnerOrder } from './schema/partners.ts';
export type {
  InviteIntent,
  NewAnswer,
  NewHandover,
  NewHistoryEntry,
  ResultRead,
  SessionHistoryEntry,
  SessionRow,
  StoredAnswer,
  StoredHandover,
} from './schema/sessions.ts';
export type { NewSsoAttempt, SsoAttempt, StoredSignIn } from './schema/sso.ts';
export type { NewStageChange, StageChange, WebhookCandidate } from './schema/stage-changes.ts';
export type { NewUnrecognizedWebhook, NewWebhook, UnrecognizedWebhook, WebhookRow } from './schema/webhooks.ts';
