/**
 * The tables. A column whose name ends in `_at`, `_until` or `_since` holds a time: ISO 8601 in UTC with milliseconds,
 * so that text order is time order. A `candidate_key` is a candidate's normalized email (contract/candidate.ts). JSON
 * is stored as text.
 */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { EvalonMessage } from '../config/field-map.ts';
import type { RowReason, RowStatus } from '../contract/batch.ts';
import type { Handover, LinkProblem } from '../contract/session.ts';
import type { SessionStatus } from '../contract/status.ts';

/** Single values by key, such as the database's epoch and the end of Evalon's cooldown. */
interface MetaTable {
  key: string;
  value: string;
}

/** Invites whose outcome is unknown. A row is stored before the call to Evalon and deleted with its result. */
interface InviteIntentsTable {
  project_id: string;
  candidate_key: string;
  assessment_type: string;
  /** The `sub` of the recruiter. */
  invited_by: string;
  invited_at: string;
}

/** Evalon's sessions: one candidate's run of one assessment. */
interface SessionsTable {
  session_uuid: string;
  project_id: string;
  candidate_key: string;
  candidate_email: string;
  candidate_name: string;
  /** Null if unknown. */
  assessment_type: string | null;
  /** The candidate's own link; null if Evalon's response had no usable link. */
  candidate_url: string | null;
  /** Why there is no `candidate_url`. */
  link_problem: LinkProblem | null;
  status: SessionStatus;
  /** Evalon's name for the newest event, if the event has no status that the proxy knows. */
  last_event: string | null;
  /** The `sub` of the recruiter who invited; null if unknown. */
  invited_by: string | null;
  /** The `iss` and `sub` of the same recruiter (`recruiterId`), because a `sub` is unique per issuer only. */
  inviter_id: string | null;
  /** The same recruiter's name; null if their token had none. */
  inviter_name: string | null;
  invited_at: string;
  updated_at: string;
  completed_at: string | null;
  /** The final scorecard: JSON of the type in contract/scorecard.ts. */
  scorecard: string | null;
  /** The overall score in `scorecard`, for percentiles. */
  overall: number | null;
  /** The candidate's application in the ATS, if the page named it. */
  application_id: string | null;
  /** The ATS of `application_id`. */
  ats: string | null;
  /** When a webhook reported a completion that no scorecard has confirmed yet. */
  completion_claimed_at: string | null;
  /** When Evalon first responded that the scorecard of the claimed completion is not ready. */
  not_ready_since: string | null;
  /** The next read of the scorecard that a webhook requested; null if none is scheduled. */
  read_due_at: string | null;
  /** Failed reads since the webhook. */
  read_attempts: number;
  /** The next read of the scorecard without a webhook (scorecards/reconcile.ts); null if none is scheduled. */
  poll_due_at: string | null;
  /** Polls since the last change of the session. For a completed session: since its first result. */
  poll_count: number;
  /** The last requested read that found no new result. It limits how often unsigned webhooks can cause a read. */
  last_empty_read_at: string | null;
  /** When a claimed completion without a result becomes overdue. */
  result_due_at: string | null;
  /** When it became overdue. */
  result_overdue_since: string | null;
  /** The newest handover: JSON of a `LastHandover` (sessions/session.ts). */
  handed_over: string | null;
}

/** Each time a recruiter passed a candidate's link on. */
interface HandoversTable {
  id: Generated<number>;
  session_uuid: string;
  kind: Handover['kind'];
  channel: Handover['channel'];
  at: string;
  /** The recruiter's `sub`. */
  recruiter: string;
  /** The `iss` and `sub` of the same recruiter (`recruiterId`). */
  recruiter_id: string;
  /** The recruiter's name; null if their token had none. */
  recruiter_name: string | null;
  /** 1 if the passed-on text contained `CANDIDATE_NOTICE`. */
  with_notice: 0 | 1;
  /** Keyed hash of the request with its header `Idempotency-Key`; null without this header. */
  idempotency_hash: string | null;
}

/** When each recruiter first read a session's scorecard. */
interface ResultReadsTable {
  session_uuid: string;
  /** The reader's `iss` and `sub` (`recruiterId`). */
  recruiter_id: string;
  /** The reader's `sub`. */
  recruiter: string;
  /** The reader's name; null if their token had none. */
  recruiter_name: string | null;
  at: string;
}

/** How many results of a project and assessment type have a score, for percentiles. Each change of a session updates it. */
interface ScoreCountsTable {
  project_id: string;
  assessment_type: string;
  /** The overall score with three digits. */
  score: number;
  sessions: number;
}

/** What a search finds a session by. */
interface SearchTokensTable {
  session_uuid: string;
  /** A word of the candidate's name, or the email, folded by search-text.ts. */
  token: string;
  project_id: string;
}

/**
 * Evalon's unmodified responses: for each session and kind of message, the response that the stored data came from. If
 * none could be parsed, the newest one.
 */
interface RawAnswersTable {
  session_uuid: string;
  message: EvalonMessage;
  /** The JSON text of the response. */
  body: string;
  /** 1 if the body was too long and its end was removed. The proxy exports such a body and never parses it again. */
  is_truncated: 0 | 1;
  /** The version of the field map that last parsed the body. */
  field_map_version: string;
  received_at: string;
}

/** The timeline of each session: the statuses that it reached, and the results that replaced an earlier one. */
interface SessionHistoryTable {
  id: Generated<number>;
  session_uuid: string;
  type: SessionStatus | 'regraded';
  at: string;
  /** The overall score of a result; null for other entries. */
  overall: number | null;
  overall_max: number | null;
}

/** Webhooks that the proxy acknowledged and understands. */
interface WebhooksTable {
  id: Generated<number>;
  /** A hash. Two webhooks with the same hash are one event (webhooks/parse-body.ts). */
  dedupe_key: string;
  session_uuid: string;
  event: string;
  received_at: string;
  /** A webhook with the same `dedupe_key` after this time is a new event. Null: it is always a repeat. */
  dedupe_until: string | null;
  /**
   * `pending`: to be applied. `waiting`: its session is not stored yet. `applied`: processed. `failed`: a dead letter;
   * it becomes pending again if Evalon resends it.
   */
  state: 'pending' | 'waiting' | 'applied' | 'failed';
  /** Failed attempts to apply it. */
  attempts: Generated<number>;
}

/** Webhooks with an event that the proxy does not understand. A new field map parses them again. */
interface UnrecognizedWebhooksTable {
  id: Generated<number>;
  /** Hash of the webhook's id and body. */
  dedupe_key: string;
  /** The header `webhook-id`. */
  webhook_id: string | null;
  received_at: string;
  /** As in `webhooks`. */
  dedupe_until: string | null;
  /** The version of the field map that did not understand it. */
  field_map_version: string;
  body_bytes: number;
  /** Must be the last column: then SQLite reads the other columns without loading this large text. */
  body: string;
}

/** The event log. Streams send its rows, and replay them after a reconnect. */
interface EventsTable {
  /** The event's number. */
  seq: Generated<number>;
  /** `erased`: a session was erased. */
  type: 'session' | 'batch' | 'erased';
  /** `session`: the candidate key. `batch`: the batch's id. `erased`: keyed hash of the candidate key. */
  topic: string;
  /** Empty unless `type` is `session`. */
  session_uuid: string;
  project_id: string;
  /** `inviter_id` of the session; null for a batch. */
  inviter_id: string | null;
  /** `session`: JSON of the session. `batch`: JSON of the progress. `erased`: keyed hash of the session's id. */
  data: string;
  at: string;
  /** When the webhook arrived that caused the event; null for an event without a webhook. */
  webhook_received_at: string | null;
}

/**
 * For each candidate, the secret that turns their ids into pseudonyms in the audit log. An erasure deletes the secret.
 */
interface PseudonymsTable {
  candidate_key: string;
  secret: string;
}

/** The append-only audit log. */
interface AuditTable {
  /** The entry's number. */
  seq: Generated<number>;
  at: string;
  /** What the caller did: an `AuditAction` (audit/audit-log.ts). */
  action: string;
  /** A code or a reason. */
  detail: string | null;
  /** The caller's `iss`; null without a valid token. */
  issuer: string | null;
  /** The caller's `sub`; null without a valid token. */
  actor: string | null;
  /** Pseudonym of the candidate. */
  candidate: string | null;
  /** Pseudonym of the session. */
  session: string | null;
  project_id: string | null;
  /** The header `x-request-id` of the response. */
  request_id: string | null;
  /** How many equal refused attempts within a minute this entry counts; otherwise 1. */
  times: number;
}

/** Erased sessions. The proxy acknowledges a late webhook about them and drops it. */
interface TombstonesTable {
  /** Keyed hash of the session's id. */
  hash: string;
  erased_at: string;
}

/** The API keys of Evalon that were in use, to alert when a key is old. */
interface ApiKeysTable {
  /** Keyed hash of the API key. */
  hash: string;
  first_seen_at: string;
}

/** Batches of invites. */
interface BatchesTable {
  /** Internal; gives the order of creation. */
  id: Generated<number>;
  /** The public, opaque id. */
  batch_id: string;
  /** The `iss` of the recruiter who created the batch. */
  issuer: string;
  /** The `sub` of the recruiter who created the batch. */
  sub: string;
  /** The same recruiter's name; null if their token had none. */
  creator_name: string | null;
  project_id: string;
  assessment_type: string;
  /** Keyed hash of the recruiter and the header `Idempotency-Key`; null without this header. */
  idempotency_hash: string | null;
  /** Keyed hash of the request body, to detect another request with the same `Idempotency-Key`. */
  body_hash: string;
  created_at: string;
  /** When the last of its candidates was erased; null while it has rows. */
  emptied_at: Generated<string | null>;
}

/** The candidates of batches. */
interface BatchRowsTable {
  id: Generated<number>;
  batch_id: string;
  candidate_key: string;
  candidate_email: string;
  candidate_name: string;
  status: RowStatus;
  session_uuid: string | null;
  reason: RowReason | null;
  /** Failed calls to Evalon for this row. */
  attempts: Generated<number>;
  /** 1 if the batch endpoint returned no result for the row. Then the row gets a single call. */
  retry_individually: Generated<number>;
  /** A queued row is sent to Evalon at this time. */
  due_at: string;
  /** During a call, the row belongs to this call until this time. */
  leased_until: string | null;
  updated_at: string;
  /** 1 if the row's status has changed since the last event of the batch; otherwise null. */
  progress_pending: 1 | null;
}

/** Permits of the rate limit. A permit allows one call to Evalon, and counts towards the limit until `release_at`. */
interface RatePermitsTable {
  permit_id: string;
  priority: string;
  granted_at: string;
  /** While the call is running: the latest possible time. After the call: the exact time. */
  release_at: string;
}

/** Sign-ins that have not finished. Keys of the encrypted columns: sso/derived-keys.ts. */
interface SsoAttemptsTable {
  /** Keyed hash of the attempt's id. */
  attempt_hash: string;
  /**
   * `started`: the client has the address of the window. `redirected`: the window is at the identity provider.
   * `code_issued`: the recruiter returned, and the client can exchange the code.
   */
  step: 'started' | 'redirected' | 'code_issued';
  /** The PKCE code challenge of the client: SHA-256 of its verifier. */
  code_challenge: string;
  /** The client's public key, as a JWK. */
  client_key: string;
  /** The origin of the page; null for an extension. */
  origin: string | null;
  /** The redirect URL of an extension; null for a page. */
  return_to: string | null;
  /** Keyed hash of the code that the window sends to the client. */
  code_hash: string | null;
  /** Keyed hash of the code that the recruiter can type. */
  short_code_hash: string | null;
  /** The recruiter's identity, from the provider. */
  encrypted_identity: string | null;
  /** Failed attempts to exchange the code. */
  failed_redemptions: Generated<number>;
  expires_at: string;
}

/**
 * Sign-ins: one recruiter in one browser. A row stays after the sign-in's end until `expires_at`, to detect a reuse.
 */
interface SignInsTable {
  /** A random id. */
  sign_in_id: string;
  /** The recruiter's `iss`. */
  issuer: string;
  /** The recruiter's `sub`. */
  sub: string;
  /** The recruiter's name. */
  name: string | null;
  /** The client's public key, as a JWK. */
  client_key: string;
  /** The origin of the page; null for an extension. */
  origin: string | null;
  /** A JSON array of project ids. */
  projects: string;
  /** `read`, `invite` or both, separated by a space. */
  scope: string;
  /** The identity provider's refresh token; null if the provider issued none, or if the sign-in has ended. */
  encrypted_refresh_token: string | null;
  /** Counts refreshes. Only the proxy's refresh token with this number is valid. */
  refresh_generation: number;
  refreshed_at: string;
  /** A running refresh holds a lease until this time. */
  refresh_leased_until: string | null;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
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
}

export type SessionRow = Selectable<SessionsTable>;
export type StoredAnswer = Selectable<RawAnswersTable>;
export type NewAnswer = Pick<StoredAnswer, 'message' | 'body' | 'field_map_version'>;
export type SessionHistoryEntry = Selectable<SessionHistoryTable>;
export type NewHistoryEntry = Insertable<SessionHistoryTable>;
export type StoredHandover = Selectable<HandoversTable>;
export type NewHandover = Insertable<HandoversTable>;
export type ResultRead = Selectable<ResultReadsTable>;
export type InviteIntent = Selectable<InviteIntentsTable>;
export type WebhookRow = Selectable<WebhooksTable>;
export type NewWebhook = Pick<WebhookRow, 'dedupe_key' | 'session_uuid' | 'event' | 'received_at' | 'dedupe_until'>;
export type UnrecognizedWebhook = Selectable<UnrecognizedWebhooksTable>;
export type NewUnrecognizedWebhook = Omit<UnrecognizedWebhook, 'id'>;
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
