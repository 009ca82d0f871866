/** Stores a final scorecard, which completes its session. */
import type { Scorecard } from '../contract/scorecard.ts';
import { updateSession } from '../sessions/session.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';

/** The session's fields when no completion is claimed, or no longer. */
export const NO_CLAIM = { claimed_at: null, not_ready_since: null, read_after: null, read_attempts: 0 };

/**
 * Stores the scorecard unless the session already has a final one. Returns the final one, or undefined if the session
 * was erased.
 */
export async function storeFinalScorecard(
  queries: Queries,
  clock: Clock,
  read: Scorecard,
): Promise<Scorecard | undefined> {
  const session = await queries.sessions.get(read.session_uuid);
  if (!session) return undefined;
  if (session.scorecard !== null) return JSON.parse(session.scorecard) as Scorecard;
  const scorecard = { ...read, assessment_type: session.assessment_type ?? read.assessment_type };
  await updateSession(queries, clock, session, {
    ...NO_CLAIM,
    status: 'completed',
    assessment_type: scorecard.assessment_type,
    last_event: null,
    completed_at: scorecard.completed_at ?? timestamp(clock),
    scorecard: JSON.stringify(scorecard),
    overall: scorecard.overall,
  });
  return scorecard;
}
