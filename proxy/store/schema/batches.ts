/** Tables of batches. */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { RowReason, RowStatus } from '../../contract/batch.ts';

/** Batches of invites. */
export interface BatchesTable {
  /** Internal; gives the order of creation. */
  id: Generated<number>;
  /** The public, opaque id. */
  batch_id: string;
  /** The `iss` in the token of the recruiter who created the batch. */
  issuer: string;
  /** The `sub` in the token of the recruiter who created the batch. */
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
  /** When the batch's last candidate was erased; null while the batch has rows. */
  emptied_at: Generated<string | null>;
}

/** The candidates of batches. */
export interface BatchRowsTable {
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
  /** When the worker sends a queued row to Evalon. */
  due_at: string;
  /** During a call, the row belongs to this call until this time. */
  leased_until: string | null;
  updated_at: string;
  /** 1 if the row's status has changed since the batch's last event; otherwise null. */
  progress_pending: 1 | null;
}

export type StoredBatch = Selectable<BatchesTable>;
export type NewBatch = Insertable<BatchesTable>;
export type StoredBatchRow = Selectable<BatchRowsTable>;
export type NewBatchRow = Insertable<BatchRowsTable>;
