/** The first schema. The folder `schema` describes each column. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export interface ColumnTypes {
  /** SQL type of a primary key that the database increments and never reuses. */
  autoIncrement: string;
  /** SQL type of text that is sorted by its bytes. */
  text: string;
}

export function initial({ autoIncrement, text }: ColumnTypes): Migration {
  const schema = `
create table meta (
  key text primary key,
  value text not null
);

create table invite_intents (
  project_id text not null,
  candidate_key text not null,
  assessment_type text not null,
  invited_by text not null,
  invited_at text not null,
  primary key (candidate_key, project_id)
);
create index invite_intents_invited on invite_intents (invited_at, candidate_key);

create table sessions (
  session_uuid text primary key,
  project_id text not null,
  candidate_key text not null,
  candidate_email text not null,
  candidate_name text not null,
  assessment_type text,
  candidate_url text,
  link_problem text,
  status text not null,
  last_event text,
  invited_by text,
  inviter_id text,
  inviter_name text,
  invited_at text not null,
  updated_at text not null,
  completed_at text,
  scorecard text,
  overall double precision,
  application_id text,
  ats text,
  completion_claimed_at text,
  not_ready_since text,
  read_due_at text,
  read_attempts integer not null default 0,
  last_empty_read_at text,
  poll_due_at text,
  poll_count integer not null default 0,
  result_due_at text,
  result_overdue_since text,
  handed_over text
);
create index sessions_candidate on sessions (candidate_key, project_id, invited_at);
create index sessions_read_after on sessions (read_due_at) where read_due_at is not null;
create index sessions_read_oldest on sessions (read_attempts, read_due_at) where read_due_at is not null;
create index sessions_read_newest on sessions (read_attempts, read_due_at desc) where read_due_at is not null;
create index sessions_last_empty_read on sessions (last_empty_read_at) where last_empty_read_at is not null;
create index sessions_poll_open on sessions (poll_count, poll_due_at)
  where poll_due_at is not null and status <> 'completed';
create index sessions_poll_completed on sessions (poll_count, poll_due_at)
  where poll_due_at is not null and status = 'completed';
create index sessions_overdue on sessions (result_due_at) where result_due_at is not null;

create index sessions_all_updated on sessions (status, updated_at, session_uuid);
create index sessions_project_updated on sessions (project_id, status, updated_at, session_uuid);
create index sessions_inviter_updated on sessions (inviter_id, status, updated_at, session_uuid);
create index sessions_inviter_project_updated on sessions (inviter_id, project_id, status, updated_at, session_uuid);
create index sessions_all_completed on sessions (completed_at, session_uuid) where completed_at is not null;
create index sessions_project_completed on sessions (project_id, completed_at, session_uuid)
  where completed_at is not null;
create index sessions_inviter_completed on sessions (inviter_id, completed_at, session_uuid) where completed_at is not null;
create index sessions_inviter_project_completed on sessions (inviter_id, project_id, completed_at, session_uuid)
  where completed_at is not null;

create index sessions_project_type_updated on sessions (project_id, assessment_type, status, updated_at, session_uuid);
create index sessions_project_type_completed on sessions (project_id, assessment_type, completed_at, session_uuid)
  where completed_at is not null;
create index sessions_project_type_overall on sessions (project_id, assessment_type, overall, session_uuid)
  where overall is not null;
create index sessions_all_overall on sessions (overall, session_uuid) where overall is not null;
create index sessions_project_overall on sessions (project_id, overall, session_uuid) where overall is not null;
create index sessions_inviter_overall on sessions (inviter_id, overall, session_uuid) where overall is not null;
create index sessions_inviter_project_overall on sessions (inviter_id, project_id, overall, session_uuid)
  where overall is not null;

create table search_tokens (
  session_uuid text not null,
  token text not null,
  project_id text not null,
  primary key (session_uuid, token)
);
create index search_tokens_all on search_tokens (token, session_uuid);
create index search_tokens_project on search_tokens (project_id, token, session_uuid);

create table score_counts (
  project_id text not null,
  assessment_type text not null,
  score double precision not null,
  sessions integer not null,
  primary key (project_id, assessment_type, score)
);

create table raw_answers (
  session_uuid text not null,
  message text not null,
  body text not null,
  is_truncated integer not null,
  field_map_version text not null,
  received_at text not null,
  primary key (session_uuid, message)
);
create index raw_answers_version on raw_answers (field_map_version);

create table session_history (
  id ${autoIncrement},
  session_uuid text not null,
  type text not null,
  at text not null,
  overall double precision,
  overall_max double precision
);
create index session_history_session on session_history (session_uuid, id);

create table handovers (
  id ${autoIncrement},
  session_uuid text not null,
  kind text not null,
  channel text not null,
  at text not null,
  recruiter text not null,
  recruiter_id text not null,
  recruiter_name text,
  with_notice integer not null,
  idempotency_hash text unique
);
create index handovers_session on handovers (session_uuid, id);

create table result_reads (
  session_uuid text not null,
  recruiter_id text not null,
  recruiter text not null,
  recruiter_name text,
  at text not null,
  primary key (session_uuid, recruiter_id)
);
create index result_reads_session on result_reads (session_uuid, at);

create table outbox (
  id ${autoIncrement},
  session_uuid text not null,
  target text not null,
  version integer not null,
  occasion text not null,
  facts text not null,
  state text not null,
  problem text,
  attempts integer not null default 0,
  may_be_duplicate integer not null default 0,
  due_at text,
  created_at text not null,
  finished_at text,
  unique (session_uuid, target, version)
);
create index outbox_session on outbox (session_uuid, id);
create index outbox_due on outbox (due_at, id) where due_at is not null;
create index outbox_state on outbox (state, id);

create table webhooks (
  id ${autoIncrement},
  dedupe_key text not null unique,
  session_uuid text not null,
  event text not null,
  received_at text not null,
  dedupe_until text,
  state text not null,
  attempts integer not null default 0
);
create index webhooks_state on webhooks (state, received_at, id);
create index webhooks_pending on webhooks (state, id) where state = 'pending';
create index webhooks_session on webhooks (session_uuid);

create table unrecognized_webhooks (
  id ${autoIncrement},
  dedupe_key text not null unique,
  webhook_id text,
  received_at text not null,
  dedupe_until text,
  field_map_version text not null,
  body_bytes integer not null,
  body text not null
);
create index unrecognized_webhooks_received on unrecognized_webhooks (received_at, id);

create table events (
  seq ${autoIncrement},
  type text not null,
  topic text not null,
  session_uuid text not null,
  project_id text not null,
  inviter_id text,
  data text not null,
  at text not null,
  webhook_received_at text
);
create index events_topic on events (topic, seq);
create index events_project on events (project_id, seq);
create index events_inviter on events (inviter_id, seq);
create index events_at on events (at);

create table pseudonyms (
  candidate_key text primary key,
  secret text not null
);
create table audit (
  seq ${autoIncrement},
  at text not null,
  action text not null,
  detail text,
  issuer text,
  actor text,
  candidate text,
  session text,
  project_id text,
  request_id text,
  times integer not null
);
create index audit_at on audit (at);
create index audit_candidate on audit (candidate, seq);

create table tombstones (
  hash text primary key,
  erased_at text not null
);
create table api_keys (
  hash text primary key,
  first_seen_at text not null
);

create table batches (
  id ${autoIncrement},
  batch_id text not null unique,
  issuer text not null,
  sub text not null,
  creator_name text,
  project_id text not null,
  assessment_type text not null,
  idempotency_hash text unique,
  body_hash text not null,
  created_at text not null,
  emptied_at text
);
create index batches_sub on batches (issuer, sub, id);
create index batches_emptied on batches (emptied_at) where emptied_at is not null;
create table batch_rows (
  id ${autoIncrement},
  batch_id text not null,
  candidate_key text not null,
  candidate_email text not null,
  candidate_name text not null,
  status text not null,
  session_uuid text,
  reason text,
  attempts integer not null default 0,
  retry_individually integer not null default 0,
  due_at text not null,
  leased_until text,
  updated_at text not null,
  progress_pending integer
);
create index batch_rows_batch on batch_rows (batch_id, id);
create index batch_rows_status on batch_rows (batch_id, status);
create index batch_rows_due on batch_rows (due_at) where status = 'queued';
create index batch_rows_queue on batch_rows (batch_id, due_at, id) where status = 'queued';
create index batch_rows_leased on batch_rows (leased_until) where leased_until is not null;
create index batch_rows_candidate on batch_rows (candidate_key);
create index batch_rows_updated on batch_rows (updated_at, id);
create index batch_rows_progress on batch_rows (batch_id, id) where progress_pending is not null;

create table rate_permits (
  permit_id text primary key,
  priority text not null,
  granted_at text not null,
  release_at text not null
);
create index rate_permits_released on rate_permits (release_at);

create table sso_attempts (
  attempt_hash text primary key,
  step text not null,
  code_challenge text not null,
  client_key text not null,
  origin text,
  return_to text,
  code_hash text,
  short_code_hash text,
  encrypted_identity text,
  failed_redemptions integer not null default 0,
  expires_at text not null
);
create index sso_attempts_expires on sso_attempts (expires_at);
create table sign_ins (
  sign_in_id text primary key,
  issuer text not null,
  sub text not null,
  name text,
  client_key text not null,
  origin text,
  projects text not null,
  scope text not null,
  encrypted_refresh_token text,
  refresh_generation integer not null,
  refreshed_at text not null,
  refresh_leased_until text,
  created_at text not null,
  expires_at text not null,
  ended_at text
);
create index sign_ins_expires on sign_ins (expires_at);
`;
  return {
    async up(db: Kysely<unknown>) {
      const statements = schema
        .replace(/ text\b/g, ` ${text}`)
        .split(';')
        .map((statement) => statement.trim());
      for (const statement of statements.filter(Boolean)) await sql.raw(statement).execute(db);
    },
  };
}
