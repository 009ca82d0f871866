/** Tables of the audit log. */
import type { Generated, Insertable, Selectable } from 'kysely';

/**
 * For each candidate, the secret that turns their ids into pseudonyms in the audit log. An erasure deletes the secret.
 */
export interface PseudonymsTable {
  candidate_key: string;
  secret: string;
}

/** The append-only audit log. */
export interface AuditTable {
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
  /** For refused attempts: how many identical ones within a minute this entry counts. For other entries: 1. */
  times: number;
}

export type AuditRow = Selectable<AuditTable>;
export type NewAuditRow = Insertable<AuditTable>;
