/** The tables. Times are ISO 8601 in UTC with milliseconds, so that text order is time order; JSON is text. */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { SessionStatus } from '../contract/status.ts';

/** Facts about the database itself: which Evalon it belongs to, its epoch, the key behind `viewer`. */
interface MetaTable {
  key: string;
  value: string;
}

/** An invite that is under way or whose outcome is not known: written before Evalon is called, gone once it is settled. */
interface IntentsTable {
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
  invited_at: string;
  updated_at: string;
  completed_at: string | null;
  /** The final scorecard, as contract JSON. */
  scorecard: string | null;
  application_id: string | null;
  ats: string | null;
  /** When a completion was first claimed that no scorecard has confirmed yet. */
  claimed_at: string | null;
  /** Since when Evalon has answered that there is no scorecard yet. */
  unready_at: string | null;
  /** When the scorecard is to be read next, while a completion is claimed. */
  read_after: string | null;
  read_attempts: number;
}

/** Webhooks as they came. `pending`: to be applied; `waiting`: its session is not known yet; `done`: applied. */
interface InboxTable {
  id: Generated<number>;
  dedupe_key: string;
  session_uuid: string;
  event: string;
  received_at: string;
  state: 'pending' | 'waiting' | 'done';
}

/** The log that streams are served from. `data` is the whole session as it was, with everything any reader may see. */
interface EventsTable {
  seq: Generated<number>;
  session_uuid: string;
  candidate_key: string;
  project_id: string;
  data: string;
  at: string;
}

export interface Tables {
  meta: MetaTable;
  intents: IntentsTable;
  sessions: SessionsTable;
  inbox: InboxTable;
  events: EventsTable;
}

export type SessionRow = Selectable<SessionsTable>;
export type Intent = Selectable<IntentsTable>;
export type InboxRow = Selectable<InboxTable>;
export type NewInboxRow = Insertable<InboxTable>;
export type EventRow = Selectable<EventsTable>;
