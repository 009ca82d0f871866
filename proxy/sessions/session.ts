/** What a stored session is to the outside, and how a change of one is written together with its event. */
import type { Recruiter } from '../auth/recruiter.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { Session } from '../contract/session.ts';
import { STATUS_RANK } from '../contract/status.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';

/** The session as the contract tells it, with the candidate's link; whoever may not invite gets it without. */
export function toSession(row: SessionRow): Session {
  const scorecard = row.scorecard === null ? undefined : (JSON.parse(row.scorecard) as Scorecard);
  return {
    session_uuid: row.session_uuid,
    assessment_type: row.assessment_type,
    candidate_email: row.candidate_email,
    candidate_name: row.candidate_name,
    project_id: row.project_id,
    ...(row.candidate_url !== null && { candidate_url: row.candidate_url }),
    status: row.status,
    ...(row.claimed_at !== null && { confirming: true as const }),
    ...(row.claimed_at === null && row.unavailable_at !== null && { result_unavailable: true as const }),
    invited_by: row.invited_by,
    invited_at: row.invited_at,
    updated_at: row.updated_at,
    ...(row.completed_at !== null && { completed_at: row.completed_at }),
    ...(scorecard && {
      score_summary: {
        overall: scorecard.overall,
        sections: scorecard.sections.flatMap(({ name, score, max_score }) =>
          score === null ? [] : [{ name, score, max_score }],
        ),
      },
    }),
    ...(row.last_event !== null && { last_event: row.last_event }),
  };
}

/** The same with what the recruiter's scope covers: the candidate's link for `invite`, scores for `read`. */
export function toSessionFor({ scope }: Recruiter, row: SessionRow): Session {
  const { candidate_url, score_summary, ...session } = toSession(row);
  return {
    ...session,
    ...(scope.has('invite') && candidate_url !== undefined && { candidate_url }),
    ...(scope.has('read') && score_summary && { score_summary }),
  };
}

/** Milliseconds from news to the first look whether there is more that nobody told of. */
export const FIRST_POLL_MS = 2 * 60_000;

/** Whether a completion may come that only looking would find: it may while nothing is final and none is claimed. */
function awaitsCompletion({ status, claimed_at }: SessionRow): boolean {
  return STATUS_RANK[status] < STATUS_RANK.expired && claimed_at === null;
}

/** Milliseconds from the first claim of a completion until it is told that there is no result. */
const OVERDUE_AFTER_MS = 24 * 60 * 60_000;

/** When to tell that there is no result, and since when that is told: from the first claim on, until all is over. */
function overdueFields({ status, claimed_at, overdue_at, unavailable_at }: SessionRow) {
  if (STATUS_RANK[status] >= STATUS_RANK.expired) return { overdue_at: null, unavailable_at: null };
  if (claimed_at === null || overdue_at !== null || unavailable_at !== null) return {};
  return { overdue_at: new Date(Date.parse(claimed_at) + OVERDUE_AFTER_MS).toISOString() };
}

/**
 * Stores news about a session and the event that tells it, and answers the new state.
 * @param received_at when the webhook came that says so, where one did.
 */
export async function updateSession(
  queries: Queries,
  clock: Clock,
  held: SessionRow,
  change: Partial<SessionRow>,
  received_at: string | null = null,
): Promise<SessionRow> {
  const next = { ...held, ...change, updated_at: timestamp(clock) };
  const poll_after = awaitsCompletion(next) ? timestamp(clock, FIRST_POLL_MS) : null;
  return saveSession(queries, { ...next, ...overdueFields(next), poll_after, poll_count: 0 }, received_at);
}

/** Stores a session as it is and the event that tells it, and answers it. */
export async function saveSession(
  { sessions, events }: Queries,
  row: SessionRow,
  received_at: string | null = null,
): Promise<SessionRow> {
  await sessions.upsert(row);
  await events.append({
    type: 'session',
    topic: row.candidate_key,
    session_uuid: row.session_uuid,
    project_id: row.project_id,
    owner: row.owner,
    data: JSON.stringify(toSession(row)),
    received_at,
  });
  return row;
}
