/** The event log, and the tombstones of erased sessions. */
import type { Generated, Insertable, Selectable } from 'kysely';

/** The event log. Streams send its rows, and replay them after a reconnect. */
export interface EventsTable {
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

/** Erased sessions. The proxy acknowledges a late webhook about an erased session, and drops the webhook. */
export interface TombstonesTable {
  /** Keyed hash of the session's id. */
  hash: string;
  erased_at: string;
}

export type EventRow = Selectable<EventsTable>;
export type NewEvent = Omit<Insertable<EventsTable>, 'seq' | 'at'>;
