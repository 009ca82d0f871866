/** The tables. Times are ISO 8601 in UTC with milliseconds, so that text order is time order; JSON is text. */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { RowStatus } from '../contract/batch.ts';
import type { SessionStatus } from '../contract/status.ts';

/** Facts about the database itself, and single values: its Evalon, its epoch, until when Evalon wants silence. */
interface MetaTable {
  key: string;
  value: string;
}

/** An invite that is under way or whose outcome is not known: written before Evalon is called, gone once it is settled. */
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
  status: SessionStatus;
  last_event: string | null;
  invited_by: string | null;
  /** Which recruiter that was, by issuer and `sub` together (auth/recruiter.ts); null where that is not known. */
  owner: string | null;
  invited_at: string;
  updated_at: string;
  completed_at: string | null;
  /** The final scorecard, as contract JSON. */
  scorecard: string | null;
  /** The scorecard's overall, for what is compared; null where it has none. */
  overall: number | null;
  application_id: string | null;
  ats: string | null;
  /** When a completion was first claimed that no scorecard has confirmed yet. */
  claimed_at: string | null;
  /** Since when Evalon has answered that there is no scorecard yet. */
  not_ready_since: string | null;
  /** When the scorecard is to be read next, while a completion is claimed. */
  read_after: string | null;
  read_attempts: number;
  /** When to look whether it was completed without a webhook that says so; null while nothing is to be found. */
  poll_after: string | null;
  /** Looks since the last news. */
  poll_count: number;
  /** When a read for a claimed completion last found no scorecard; it outlives the claim. */
  last_empty_read_at: string | null;
  /** When it is to be told that a claimed completion has no result; null while none was claimed, or once it is told. */
  overdue_at: string | null;
  /** Since when that is told. */
  unavailable_at: string | null;
}

interface WebhooksTable {
  id: Generated<number>;
  /** Hash of what identifies the webhook (webhooks/receive.ts). */
  dedupe_key: string;
  session_uuid: string;
  event: string;
  received_at: string;
  /** `waiting`: the session is not stored yet; `failed`: a dead letter, which is not tried again until it is resent. */
  state: 'pending' | 'waiting' | 'done' | 'failed';
  /** Failed attempts to apply it. */
  attempts: Generated<number>;
}

/** The log that streams replay. */
interface EventsTable {
  seq: Generated<number>;
  type: 'session' | 'batch' | 'erased';
  /** The candidate key of a session, the id of a batch, or the keyed hash of an erased candidate key. */
  topic: string;
  /** Empty unless `type` is `session`. */
  session_uuid: string;
  project_id: string;
  /** The recruiter who invited the session's candidate; null for a batch. */
  owner: string | null;
  /** JSON of the whole session, JSON of a batch's progress, or the keyed hash of an erased session's id. */
  data: string;
  at: string;
  /** When the webhook came that it tells of; null where none did. */
  received_at: string | null;
}

/** The key of each candidate's pseudonym in the audit record: erased with the candidate. */
interface PseudonymsTable {
  candidate_key: string;
  secret: string;
}

/** Who did what with whose data. Only ever appended to; candidate and session are pseudonyms. */
interface AuditTable {
  seq: Generated<number>;
  at: string;
  action: string;
  detail: string | null;
  /** The recruiter's `iss` and `sub`; null where nobody was signed in. */
  issuer: string | null;
  actor: string | null;
  candidate: string | null;
  session: string | null;
  project_id: string | null;
  request_id: string | null;
  /** How often within a minute: refused attempts are folded. */
  times: number;
}

/** Erased sessions, as keyed hashes: a late webhook about one is acknowledged and not kept. */
interface TombstonesTable {
  hash: string;
  erased_at: string;
}

/** Since when each API key has been in use here, as a keyed hash. */
interface ApiKeysTable {
  hash: string;
  first_seen_at: string;
}

interface BatchesTable {
  /** In the order they were made. */
  id: Generated<number>;
  /** The name it has outside: opaque. */
  batch_id: string;
  /** The `iss` and `sub` of the recruiter who made it. */
  issuer: string;
  sub: string;
  project_id: string;
  assessment_type: string;
  /** Keyed hash of the owner and their `Idempotency-Key`; null where there was none. */
  idempotency_hash: string | null;
  /** Keyed hash of what was asked for. */
  body_hash: string;
  created_at: string;
}

/** One person of a batch. A `queued` one is to be asked for; every other status is its outcome. */
interface BatchRowsTable {
  id: Generated<number>;
  batch_id: string;
  candidate_key: string;
  candidate_email: string;
  candidate_name: string;
  status: RowStatus;
  session_uuid: string | null;
  reason: string | null;
  /** Calls that came to nothing. */
  attempts: Generated<number>;
  /** 1 where a batch call was of no use for this row, and it is to be asked for by itself. */
  retry_individually: Generated<number>;
  /** When a queued row is to be asked for next. */
  due_at: string;
  /** The end of the lease of the call that carries the row. */
  leased_until: string | null;
  updated_at: string;
  /** 1 while no frame has told its status. */
  progress_pending: 1 | null;
}

/**
 * Permits of the rate limit: each allows one call to Evalon and counts until `released_at`. While the call is running,
 * that is the latest time at which it can be released.
 */
interface RatePermitsTable {
  permit_id: string;
  priority: string;
  granted_at: string;
  released_at: string;
}

/** A sign-in under way. What is a secret in it is sealed (sign-in/keys.ts) or a keyed hash. */
interface SsoAttemptsTable {
  /** Keyed hash of the attempt's name. */
  attempt: string;
  step: 'begun' | 'sent' | 'returned';
  /** SHA-256 of what the client has to show to redeem. */
  challenge: string;
  /** The client's public key, as a JWK. */
  client_key: string;
  /** The origin of the page that asked; null for an extension. */
  origin: string | null;
  /** Where an extension's browser takes over; null for a page. */
  return_to: string | null;
  /** Keyed hashes of the codes, once the provider has sent the recruiter back. */
  code: string | null;
  short_code: string | null;
  /** Who came back, sealed. */
  identity: string | null;
  failed_redemptions: Generated<number>;
  expires_at: string;
}

/** A recruiter who is signed in, in one browser; kept for a while after the end, so that nothing of it works again. */
interface SignInsTable {
  sign_in: string;
  issuer: string;
  sub: string;
  name: string | null;
  client_key: string;
  origin: string | null;
  /** JSON, and the scope as in a token: what was granted at the last renewal. */
  projects: string;
  scope: string;
  /** The provider's refresh token, sealed; null where it gives none, and after the end. */
  refresh_token: string | null;
  /** Counts refreshes: only the newest refresh token is valid. */
  refresh_generation: number;
  refreshed_at: string;
  /** The end of the lease of a refresh that is under way. */
  refresh_leased_until: string | null;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
}

export interface Tables {
  sso_attempts: SsoAttemptsTable;
  sign_ins: SignInsTable;
  meta: MetaTable;
  invite_intents: InviteIntentsTable;
  sessions: SessionsTable;
  webhooks: WebhooksTable;
  events: EventsTable;
  pseudonyms: PseudonymsTable;
  audit: AuditTable;
  tombstones: TombstonesTable;
  api_keys: ApiKeysTable;
  batches: BatchesTable;
  batch_rows: BatchRowsTable;
  rate_permits: RatePermitsTable;
}

export type SessionRow = Selectable<SessionsTable>;
export type InviteIntent = Selectable<InviteIntentsTable>;
export type WebhookRow = Selectable<WebhooksTable>;
export type NewWebhook = Pick<WebhookRow, 'dedupe_key' | 'session_uuid' | 'event' | 'received_at'>;
export type EventRow = Selectable<EventsTable>;
export type NewEvent = Omit<Insertable<EventsTable>, 'seq' | 'at'>;
export type AuditRow = Selectable<AuditTable>;
export type NewAuditRow = Insertable<AuditTable>;
export type StoredBatch = Selectable<BatchesTable>;
export type NewBatch = Insertable<BatchesTable>;
export type StoredBatchRow = Selectable<BatchRowsTable>;
export type StoredPermit = Selectable<RatePermitsTable>;
export type NewBatchRow = Insertable<BatchRowsTable>;
export type SsoAttempt = Selectable<SsoAttemptsTable>;
export type NewSsoAttempt = Insertable<SsoAttemptsTable>;
export type StoredSignIn = Selectable<SignInsTable>;
