/** A session and its result, as events have them. */

export interface Session {
  /** Evalon's id: any text. */
  session_uuid: string;
  /** Null if unknown. */
  assessment_type: string | null;
  candidate_email: string;
  candidate_name: string;
  project_id: string;
  /** The candidate's link. Present if the recruiter may invite, and Evalon returned a safe link. */
  candidate_url?: string;
  /** Why there is no `candidate_url`: `missing`, `not_https` or `invalid`. */
  link_problem?: string;
  /**
   * `invited`, `opened`, `started`, `submitted`, `scoring`, `completed`, or an end without a result. A newer proxy may
   * send others.
   */
  status: string;
  /** Evalon reported completion, and the proxy is reading the result. */
  confirming?: true;
  /** Evalon first reported completion a day ago and has returned no result. */
  result_unavailable?: true;
  /** The `sub` of the recruiter who invited. Null if the invite came from another system. */
  invited_by: string | null;
  invited_by_name?: string;
  /** ISO 8601, in UTC. */
  invited_at: string;
  /** When Evalon reported the last change. */
  updated_at: string;
  completed_at?: string;
  /** The last time that a recruiter passed the link on to the candidate. */
  handed_over?: Handover;
  /** What the proxy writes into the ATS. */
  ats_writes?: Record<string, unknown>[];
  score_summary?: Scorecard;
  /** The name of Evalon's newest event, if the event has no status. */
  last_event?: string;
}

export interface Handover {
  at: string;
  by: { id: string; name?: string };
  kind: 'invite' | 'reminder';
  channel: 'message' | 'link' | 'mail';
}

/** A whole scorecard, or the summary in a session, which has no questions. */
export interface Scorecard {
  overall?: number | undefined;
  /** Null if unknown. */
  overall_max: number | null;
  sections: Section[];
  narrative?: string;
}

export interface Section {
  name: string;
  score: number | null;
  /** Null if unknown. */
  max_score: number | null;
  questions: Question[];
}

export interface Question {
  title: string;
  score: number | null;
  /** Null if unknown. */
  max_score: number | null;
  feedback?: string;
  time_seconds?: number;
}
