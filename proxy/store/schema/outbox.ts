/** The outbox of what the proxy writes into ATSs and sends to other systems. */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { WriteOccasion } from '../../config/write-back.ts';

/** Each channel has its own job, so that a slow recipient does not delay the others. */
export type OutboxChannel = 'ats' | 'webhook' | 'partner';

/** One row for each session, target and version. Rows are written in the transaction of the session's change. */
export interface OutboxTable {
  id: Generated<number>;
  session_uuid: string;
  channel: Generated<OutboxChannel>;
  /**
   * The recipient. Channel `ats`: `getTargetKey` (config/write-back.ts). Channel `webhook`: `webhook`. Channel
   * `partner`: the id of the order.
   */
  target: string;
  /** Counts from 1 for each session and target. */
  version: number;
  occasion: WriteOccasion | 'status';
  /**
   * The session's state when the row was added. Channels `ats` and `partner`: JSON of `WriteFacts`
   * (sessions/enqueue-ats-writes.ts). Channel `webhook`: the body of the webhook.
   */
  facts: string;
  /** `failed` is a dead letter. `dry_run`: recorded, never written. */
  state: 'pending' | 'delivered' | 'failed' | 'dry_run';
  /** Why the last attempt failed, or why the row is a dead letter. */
  problem: string | null;
  /** Attempts so far, including a running one. */
  attempts: Generated<number>;
  /**
   * 1 if the target may have the entry although no response confirms it. An attempt lost its response, was killed, or
   * is running.
   */
  may_be_written: Generated<number>;
  /** 1 if the ATS shows or may show the entry twice, after a lost response. */
  may_be_duplicate: Generated<number>;
  /** When the next attempt is due, or when the lease of a running attempt ends. Null unless pending. */
  due_at: string | null;
  created_at: string;
  finished_at: string | null;
}

export type OutboxRow = Selectable<OutboxTable>;
export type NewOutboxRow = Insertable<OutboxTable>;
