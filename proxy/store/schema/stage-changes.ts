/** The stage changes in the ATS that match a trigger. */
import type { Generated, Selectable } from 'kysely';

/** A finished row has no personal data. It stays, so that a replayed webhook has no effect. */
export interface StageChangesTable {
  id: Generated<number>;
  /** A hash of what the ATS signed. A webhook with the same hash is a repeat. */
  dedupe_key: string;
  ats: string;
  /** The application; for Lever, the opportunity. Empty after an erasure. */
  application_id: string;
  /** The stage as the trigger names it. */
  stage: string;
  /** For an ATS without a connector: JSON of the `WebhookCandidate` that the signed webhook named. */
  candidate: string | null;
  /** Null until the candidate is known, and again in a finished row. */
  candidate_key: string | null;
  received_at: string;
  /**
   * `pending`: to be processed. `invited`: the candidate was invited. `existing`: the candidate already had an invite.
   * `dry_run`: only logged. `unmatched`: the candidate's job has no trigger. `failed`: see `problem`. `erased`: the
   * candidate was erased.
   */
  state: 'pending' | 'invited' | 'existing' | 'dry_run' | 'unmatched' | 'failed' | 'erased';
  /** Why the last attempt failed, or why the row waits. */
  problem: string | null;
  /** The key of the trigger (config/stage-triggers.ts); null until it is known. */
  trigger_key: string | null;
  /** Attempts so far, including a running one. */
  attempts: Generated<number>;
  /** When the next attempt is due, or when the lease of a running attempt ends. Null unless pending. */
  due_at: string | null;
  finished_at: string | null;
}

/** The candidate that a webhook names. */
export interface WebhookCandidate {
  email: string | undefined;
  name: string | undefined;
  jobIds: string[];
}

export type StageChange = Selectable<StageChangesTable>;
export type NewStageChange = Pick<
  StageChange,
  'dedupe_key' | 'ats' | 'application_id' | 'stage' | 'candidate' | 'candidate_key' | 'received_at'
>;
