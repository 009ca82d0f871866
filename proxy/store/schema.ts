/** The tables. Times are ISO 8601 in UTC with milliseconds, so that text order is time order. JSON is stored as text. */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { EvalonMessage } from '../config/field-map.ts';
import type { RowReason, RowStatus } from '../contract/batch.ts';
import type { LinkProblem } from '../contract/session.ts';
import type { SessionStatus } from '../contract/status.ts';

/** Single values, such as the database's epoch, which changes when a backup is restored, and the end of Evalon's cooldown. */
interface MetaTable {
  key: string;
  value: string;
}

/** An invite whose outcome is unknown: stored before the call to Evalon, deleted with its result. */
interface InviteIntentsTable {
  project_id: string;
  candidate_key: string;
  assessment_type: string;
  invited_by: string;
  invited_at: string;
}

interface SessionsTable {
  session_uuid: string;
  project_id: string;
  candidate_key: string;
  candidate_email: string;
  candidate_name: string;
  assessment_type: string | null;
  candidate_url: string | null;
  /** Why Evalon's response had no usable link; null if it had one. */
  link_problem: LinkProblem | null;
  status: SessionStatus;
  last_event: string | null;
  /** The `sub` of the recruiter who invited; null if unknown. */
  invited_by: string | null;
  /** Identifies the same recruiter among all issuers (auth/recruiter.ts); null if unknown. */
  owner: string | null;
  invited_at: string;
  updated_at: string;
  completed_at: string | null;
  /** The final scorecard, as JSON of the contract. */
  scorecard: string | null;
  /** The overall score of the scorecard, for percentiles. */
  overall: number | null;
  application_id: string | null;
  ats: string | null;
  /** When a webhook claimed a completion that no scorecard has confirmed yet. */
  claimed_at: string | null;
  /** Since when Evalon responds that the scorecard is not ready. */
  not_ready_since: string | null;
  /** When to read the scorecard because of a webhook: to verify a claimed completion, or to update a result. */
  read_after: string | null;
  read_attempts: number;
  /** The next poll: for a completion whose webhook was lost, or for the missing parts of a result. */
  poll_after: string | null;
  /** Polls since the session last changed or, if it is completed, since its first result. */
  poll_count: number;
  /** The last read because of a webhook that found nothing new. It remains after the claim has ended. */
  last_empty_read_at: string | null;
  /** When a claimed completion without a result becomes overdue. */
  overdue_at: string | null;
  /** When it became overdue. */
  unavailable_at: string | null;
}

/**
 * Evalon's unmodified answers. For each session and kind of message: the answer that the stored data came from, or the
 * newest one if none could be stored.
 */
interface RawAnswersTable {
  session_uuid: string;
  message: EvalonMessage;
  body: string;
  /** 1 if the body was longer than allowed: it is exported, but not parsed again. */
  is_cut: 0 | 1;
  /** The version of the field map that parsed it last. */
  field_map_version: string;
  received_at: string;
}

/** What happened to a session: each status that it reached, and each result that replaced another. */
interface SessionHistoryTable {
  id: Generated<number>;
  session_uuid: string;
  type: SessionStatus | 'regraded';
  at: string;
  /** The overall score of a result. */
  overall: number | null;
  overall_max: number | null;
}

interface WebhooksTable {
  id: Generated<number>;
  /** Hash of what identifies the webhook (webhooks/receive.ts). */
  dedupe_key: string;
  session_uuid: string;
  event: string;
  received_at: string;
  /** Until when an equal webhook is a repeat; null: for ever. A later one is a new event. */
  repeats_until: string | null;
  /**
   * `waiting`: the session is not stored yet; `failed`: a dead letter, which becomes pending again if Evalon resends
   * it.
   */
  state: 'pending' | 'waiting' | 'done' | 'failed';
  /** Failed attempts to apply it. */
  attempts: Generated<number>;
}

/** A webhook that is JSON and not understood, or only in part. It is parsed again when the field map changes. */
interface UnreadWebhooksTable {
  id: Generated<number>;
  /** Hash of the sender's id and the body. */
  dedupe_key: string;
  /** The header `webhook-id`. */
  webhook_id: string | null;
  received_at: string;
  repeats_until: string | null;
  /** The field map that did not understand it. */
  field_map_version: string;
  body_bytes: number;
  /** Keep it the last column: SQLite then reads the others without loading this large text. */
  body: string;
}

/** The event log. An event stream replays it after a reconnect. */
interface EventsTable {
  seq: Generated<number>;
  type: 'session' | 'batch' | 'erased';
  /** The candidate key of a session, the id of a batch, or the keyed hash of an erased candidate key. */
  topic: string;
  /** Empty unless `type` is `session`. */
  session_uuid: string;
  project_id: string;
  /** The owner of the session; null for a batch. */
  owner: string | null;
  /** JSON of the whole session, JSON of a batch's progress, or the keyed hash of an erased session's id. */
  data: string;
  at: string;
  /** When the webhook arrived that caused the event; null if none did. */
  received_at: string | null;
}

/** The secret behind each candidate's pseudonym in the audit log. An erasure of the candidate deletes it. */
interface PseudonymsTable {
  candidate_key: string;
  secret: string;
}

/** Append-only. `candidate` and `session` are pseudonyms. */
interface AuditTable {
  seq: Generated<number>;
  at: string;
  action: string;
  detail: string | null;
  /** The recruiter's `iss` and `sub`; null for a caller without a valid token. */
  issuer: string | null;
  actor: string | null;
  candidate: string | null;
  session: string | null;
  project_id: string | null;
  request_id: string | null;
  /** Equal refused attempts within a minute are one entry. */
  times: number;
}

/** Keyed hashes of erased session ids: the proxy acknowledges and drops a late webhook about them. */
interface TombstonesTable {
  hash: string;
  erased_at: string;
}

/** Keyed hashes of Evalon's API keys. */
interface ApiKeysTable {
  hash: string;
  first_seen_at: string;
}

interface BatchesTable {
  id: Generated<number>;
  /** The public, opaque id. */
  batch_id: string;
  /** The `iss` and `sub` of the recruiter who created it. */
  issuer: string;
  sub: string;
  project_id: string;
  assessment_type: string;
  /** Keyed hash of the recruiter and the `Idempotency-Key`. */
  idempotency_hash: string | null;
  /** Keyed hash of the request. */
  body_hash: string;
  created_at: string;
}

/** One candidate of a batch. */
interface BatchRowsTable {
  id: Generated<number>;
  batch_id: string;
  candidate_key: string;
  candidate_email: string;
  candidate_name: string;
  status: RowStatus;
  session_uuid: string | null;
  reason: RowReason | null;
  /** Calls without a result. */
  attempts: Generated<number>;
  /** 1 if the batch endpoint gave no result, so that the row gets a call of its own. */
  retry_individually: Generated<number>;
  /** The next call for a queued row. */
  due_at: string;
  /** When the row's lease for a call ends. */
  leased_until: string | null;
  updated_at: string;
  /** 1 until an event reports the row's status. */
  progress_pending: 1 | null;
}

/**
 * Permits of the rate limit: each allows one call to Evalon and counts until `released_at`. While the call is running,
 * `released_at` is the latest possible time of its release.
 */
interface RatePermitsTable {
  permit_id: string;
  priority: string;
  granted_at: string;
  released_at: string;
}

/** A sign-in that has not finished. Secrets in it are encrypted (sso/derived-keys.ts) or keyed hashes. */
interface SsoAttemptsTable {
  /** Keyed hash of the attempt's id. */
  attempt: string;
  step: 'begun' | 'sent' | 'returned';
  /** SHA-256 of the verifier that the client shows to redeem the code. */
  challenge: string;
  /** The client's public key, as a JWK. */
  client_key: string;
  /** The origin of the page; null for an extension. */
  origin: string | null;
  /** The redirect URL of an extension; null for a page. */
  return_to: string | null;
  /** Keyed hashes of the codes that the proxy issues after the callback. */
  code: string | null;
  short_code: string | null;
  /** The recruiter's encrypted identity. */
  identity: string | null;
  failed_redemptions: Generated<number>;
  expires_at: string;
}

/** A recruiter who signed in, in one browser. An ended sign-in is kept until it expires, so that it cannot be reused. */
interface SignInsTable {
  /** A random id. */
  sign_in: string;
  issuer: string;
  sub: string;
  name: string | null;
  client_key: string;
  origin: string | null;
  /** A JSON array. */
  projects: string;
  scope: string;
  /** The identity provider's refresh token, encrypted; null if there is none, and after the end. */
  refresh_token: string | null;
  /** Counts refreshes: only the newest refresh token is valid. */
  refresh_generation: number;
  refreshed_at: string;
  /** The end of the lease of a running refresh. */
  refresh_leased_until: string | null;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
}

export interface Tables {
  meta: MetaTable;
  invite_intents: InviteIntentsTable;
  sessions: SessionsTable;
  raw_answers: RawAnswersTable;
  session_history: SessionHistoryTable;
  webhooks: WebhooksTable;
  unread_webhooks: UnreadWebhooksTable;
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
}

export type SessionRow = Selectable<SessionsTable>;
export type StoredAnswer = Selectable<RawAnswersTable>;
export type NewAnswer = Pick<StoredAnswer, 'message' | 'body' | 'field_map_version'>;
export type SessionHistoryEntry = Selectable<SessionHistoryTable>;
export type NewHistoryEntry = Insertable<SessionHistoryTable>;
export type InviteIntent = Selectable<InviteIntentsTable>;
export type WebhookRow = Selectable<WebhooksTable>;
export type NewWebhook = Pick<WebhookRow, 'dedupe_key' | 'session_uuid' | 'event' | 'received_at' | 'repeats_until'>;
export type UnreadWebhook = Selectable<UnreadWebhooksTable>;
export type NewUnreadWebhook = Omit<UnreadWebhook, 'id'>;
export type EventRow = Selectable<EventsTable>;
export type NewEvent = Omit<Insertable<EventsTable>, 'seq' | 'at'>;
export type AuditRow = Selectable<AuditTable>;
export type NewAuditRow = Insertable<AuditTable>;
export type StoredBatch = Selectable<BatchesTable>;
export type NewBatch = Insertable<BatchesTable>;
export type StoredBatchRow = Selectable<BatchRowsTable>;
export type NewBatchRow = Insertable<BatchRowsTable>;
export type StoredPermit = Selectable<RatePermitsTable>;
export type SsoAttempt = Selectable<SsoAttemptsTable>;
export type NewSsoAttempt = Insertable<SsoAttemptsTable>;
export type StoredSignIn = Selectable<SignInsTable>;
