/** Stores a final scorecard, which completes its session, and Evalon's answers as they came. */
import { isDeepStrictEqual } from 'node:util';
import type { Scorecard } from '../contract/scorecard.ts';
import type { RawAnswer } from '../evalon/raw-answer.ts';
import { FIRST_PARTS_POLL_MS, saveSession, updateSession } from '../sessions/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { ScorecardRead } from './fetch-scorecard.ts';

/** The session's fields when no read of its scorecard is asked for, or no longer. */
export const NO_CLAIM = { completion_claimed_at: null, not_ready_since: null, read_due_at: null, read_attempts: 0 };

interface StoredResult {
  /** The final scorecard, new or not. */
  scorecard: Scorecard;
  isChanged: boolean;
}

/**
 * Stores the scorecard and the answer it was read from. A result that differs from the stored one replaces it, unless it
 * has fewer parts. Returns undefined if the session was erased.
 */
export async function storeFinalScorecard(
  queries: Queries,
  clock: Clock,
  read: Scorecard,
  answer?: RawAnswer,
): Promise<StoredResult | undefined> {
  const session = await queries.sessions.get(read.session_uuid);
  if (!session) return undefined;
  const stored = parseStored(session);
  const scorecard = { ...read, assessment_type: session.assessment_type ?? read.assessment_type };
  if (stored && isLessComplete(scorecard, stored)) {
    await endRequestedRead(queries, session);
    return { scorecard: stored, isChanged: false };
  }
  if (answer) await queries.rawAnswers.put(session.session_uuid, answer);
  if (isDeepStrictEqual(scorecard, stored)) {
    await endRequestedRead(queries, session);
    return { scorecard, isChanged: false };
  }
  await updateSession(queries, clock, session, {
    ...NO_CLAIM,
    ...(!stored && { last_event: null }),
    ...toSessionFields(scorecard, session, clock),
  });
  if (stored) {
    const { overall, overall_max } = scorecard;
    const type = isRegraded(scorecard, stored) ? 'regraded' : 'completed';
    await queries.history.append({
      session_uuid: session.session_uuid,
      type,
      overall,
      overall_max,
      at: timestamp(clock),
    });
  }
  return { scorecard, isChanged: true };
}

/**
 * Replaces a result by what another field map understands of the same answer. Evalon reported no change, so a completed
 * session keeps its `updated_at`. Returns whether the result changed.
 */
export async function correctScorecard(queries: Queries, clock: Clock, read: Scorecard): Promise<boolean> {
  const session = await queries.sessions.get(read.session_uuid);
  const stored = session && parseStored(session);
  if (!session || !stored) return (await storeFinalScorecard(queries, clock, read))?.isChanged ?? false;
  const scorecard = { ...read, assessment_type: session.assessment_type ?? read.assessment_type };
  if (isDeepStrictEqual(scorecard, stored)) return false;
  const { overall, overall_max } = scorecard;
  const poll_due_at = scorecard.incomplete ? (session.poll_due_at ?? timestamp(clock, FIRST_PARTS_POLL_MS)) : null;
  await saveSession(queries, { ...session, ...toSessionFields(scorecard, session, clock), poll_due_at });
  await queries.history.correctResult(session.session_uuid, { overall, overall_max });
  return true;
}

/** Stores an answer without a final scorecard. An answer that has one stays until a final one replaces it. */
export async function storeAnswerWithoutResult(
  { sessions, rawAnswers }: Queries,
  sessionUuid: string,
  { answer }: ScorecardRead,
): Promise<void> {
  if (answer && (await sessions.get(sessionUuid))?.scorecard === null) await rawAnswers.put(sessionUuid, answer);
}

export function parseStored({ scorecard }: Pick<SessionRow, 'scorecard'>): Scorecard | undefined {
  return scorecard === null ? undefined : (JSON.parse(scorecard) as Scorecard);
}

function toSessionFields(scorecard: Scorecard, { completed_at }: SessionRow, clock: Clock) {
  return {
    status: 'completed',
    assessment_type: scorecard.assessment_type,
    completed_at: scorecard.completed_at ?? completed_at ?? timestamp(clock),
    scorecard: JSON.stringify(scorecard),
    overall: scorecard.overall,
  } as const;
}

async function endRequestedRead({ sessions }: Queries, session: SessionRow): Promise<void> {
  if (session.read_due_at !== null) await sessions.upsert({ ...session, ...NO_CLAIM });
}

/** Whether parts of the stored result are missing. */
function isLessComplete(read: Scorecard, stored: Scorecard): boolean {
  const hasQuestions = ({ sections }: Scorecard) => sections.some(({ questions }) => questions.length > 0);
  const missing = read.incomplete ?? [];
  return missing.some((part) => !stored.incomplete?.includes(part)) || (hasQuestions(stored) && !hasQuestions(read));
}

/** Whether a score changed that the stored result has. Parts that were missing don't count. */
function isRegraded(read: Scorecard, stored: Scorecard): boolean {
  const sectionScores = ({ sections }: Scorecard) => sections.map(({ name, score }) => [name, score]);
  const hadOverall = stored.overall !== null;
  const hadSections = !stored.incomplete?.includes('sections');
  return (
    (hadOverall && (read.overall !== stored.overall || read.overall_max !== stored.overall_max)) ||
    (hadSections && !isDeepStrictEqual(sectionScores(read), sectionScores(stored)))
  );
}
