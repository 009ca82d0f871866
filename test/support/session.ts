/** A stored session, for tests that do not begin with an invite. */
import type { SessionRow } from '../../proxy/store/schema.ts';

/** @param at when the candidate was invited, as an ISO timestamp */
export function buildSessionRow(candidateKey: string, at: string): SessionRow {
  return {
    session_uuid: 'sess_1',
    project_id: 'proj_abc123',
    candidate_key: candidateKey,
    candidate_email: candidateKey,
    candidate_name: 'Candidate',
    assessment_type: 'marketing',
    candidate_url: null,
    link_problem: null,
    status: 'invited',
    last_event: null,
    invited_by: 'recruiter-1',
    inviter_id: null,
    inviter_name: null,
    invited_at: at,
    updated_at: at,
    completed_at: null,
    scorecard: null,
    overall: null,
    application_id: null,
    ats: null,
    ats_writes: null,
    completion_claimed_at: null,
    not_ready_since: null,
    read_due_at: null,
    read_attempts: 0,
    last_empty_read_at: null,
    result_due_at: null,
    result_overdue_since: null,
    handed_over: null,
    poll_due_at: null,
    poll_count: 0,
  };
}
