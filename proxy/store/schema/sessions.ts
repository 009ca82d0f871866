/** Tables about Evalon's sessions. */
import type { Generated, Insertable, Selectable } from 'kysely';
import type { EvalonMessage } from '../../config/field-map.ts';
import type { Handover, LinkProblem } from '../../contract/session.ts';
import type { SessionStatus } from '../../contract/status.ts';

/**
 * Invites whose outcome is unknown. The proxy stores a row before the call to Evalon, and deletes it when the result is
 * stored.
 */
export interface InviteIntentsTable {
  project_id: string;
  candidate_key: string;
  assessment_type: string;
  /** The `sub` of the recruiter. */
  invited_by: string;
  invited_at: string;
}

/** Evalon's sessions: one candidate's run of one assessment. */
export interface SessionsTable {
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
  /** The `iss` and `sub` of the same recruiter (`toRecruiterId`), because a `sub` is unique only within its issuer. */
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
  /**
   * Which writes the ATS has received: JSON of `AtsWriteStatus[]` (contract/session.ts). Null if there are no writes.
   */
  ats_writes: string | null;
  /** When a webhook reported a completion that no scorecard has confirmed yet. */
  completion_claimed_at: string | null;
  /** When Evalon first responded that the scorecard of the claimed completion is not ready. */
  not_ready_since: string | null;
  /** When the scorecard read that a webhook requested is due; null if none is scheduled. */
  read_due_at: string | null;
  /** Failed reads since the webhook. */
  read_attempts: number;
  /** When the next poll is due: a scorecard read without a webhook (scorecards/reconcile.ts). Null without a poll. */
  poll_due_at: string | null;
  /** Polls since the last change of the session. For a completed session: since its first result. */
  poll_count: number;
  /** When a requested read last found no new result. Limits how often unsigned webhooks can cause a read. */
  last_empty_read_at: string | null;
  /** When a claimed completion without a result becomes overdue. */
  result_due_at: string | null;
  /** When the result of the claimed completion became overdue. */
  result_overdue_since: string | null;
  /** The newest handover: JSON of a `LastHandover` (sessions/session.ts). */
  handed_over: string | null;
}

/** Each time a recruiter passed on a candidate's link. */
export interface HandoversTable {
  id: Generated<number>;
  session_uuid: string;
  kind: Handover['kind'];
  channel: Handover['channel'];
  at: string;
  /** The recruiter's `sub`. */
  recruiter: string;
  /** The `iss` and `sub` of the same recruiter (`toRecruiterId`). */
  recruiter_id: string;
  /** The recruiter's name; null if their token had none. */
  recruiter_name: string | null;
  /** 1 if the passed-on text contained `CANDIDATE_NOTICE`. */
  with_notice: 0 | 1;
  /** Keyed hash of the request with its header `Idempotency-Key`; null without this header. */
  idempotency_hash: string | null;
}

/** When each recruiter first read a session's scorecard. */
export interface ResultReadsTable {
  session_uuid: string;
  /** The reader's `iss` and `sub` (`toRecruiterId`). */
  recruiter_id: string;
  /** The reader's `sub`. */
  recruiter: string;
  /** The reader's name; null if their token had none. */
  recruiter_name: string | null;
  at: string;
}

/**
 * How many results have each score, by project and assessment type, for percentiles. Each change to a session updates
 * the counts.
 */
export interface ScoreCountsTable {
  project_id: string;
  assessment_type: string;
  /** The overall score with three significant digits. */
  score: number;
  sessions: number;
}

/** The tokens by which a search finds a session. */
export interface SearchTokensTable {
  session_uuid: string;
  /** A word of the candidate's name, or the email, folded by contract/search-text.ts. */
  token: string;
  project_id: string;
}

/**
 * Evalon's unmodified responses: for each session and kind of message, the response that the stored data came from. If
 * the proxy could parse no such response, the newest response.
 */
export interface RawAnswersTable {
  session_uuid: string;
  message: EvalonMessage;
  /** The response's JSON text. */
  body: string;
  /** 1 if the body was too long and its end was removed. The proxy exports such a body and never parses it again. */
  is_truncated: 0 | 1;
  /** The version of the field map that last parsed the body. */
  field_map_version: string;
  received_at: string;
}

/** The timeline of each session: the statuses that it reached, and the results that replaced an earlier one. */
export interface SessionHistoryTable {
  id: Generated<number>;
  session_uuid: string;
  type: SessionStatus | 'regraded';
  at: string;
  /** The overall score of a result; null for other entries. */
  overall: number | null;
  overall_max: number | null;
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
