/** Stores final scorecards, which complete their sessions, and Evalon's unmodified answers. */
import { isDeepStrictEqual } from 'node:util';
import type { Scorecard } from '../contract/scorecard.ts';
import type { RawAnswer } from '../evalon/raw-answer.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import { enqueueChange, FIRST_PARTS_POLL_MS, saveSession, updateSession } from '../sessions/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import type { ScorecardRead } from './fetch-scorecard.ts';

/** Resets a session's fields about a claimed completion and a requested read of the scorecard. */
export const NO_CLAIM = { completion_claimed_at: null, not_ready_since: null, read_due_at: null, read_attempts: 0 };

interface StoredResult {
  /** The scorecard that is stored now. */
  scorecard: Scorecard;
  isChanged: boolean;
}

/**
 * Stores a scorecard and the answer that it was parsed from. A different scorecard replaces the stored one, unless the
 * new scorecard has fewer parts. Returns undefined if the session was erased.
 */
export async function storeFinalScorecard(
  queries: Queries,
  options: ChangeOptions,
  newScorecard: Scorecard,
  answer?: RawAnswer,
): Promise<StoredResult | undefined> {
  const session = await queries.sessions.get(newScorecard.session_uuid);
  if (!session) return undefined;
  const storedScorecard = parseStoredScorecard(session);
  const scorecard = { ...newScorecard, assessment_type: session.assessment_type ?? newScorecard.assessment_type };
  if (storedScorecard && isLessComplete(scorecard, storedScorecard)) {
    await endRequestedRead(queries, session);
    return { scorecard: storedScorecard, isChanged: false };
  }
  if (answer) await queries.rawAnswers.put(session.session_uuid, answer);
  if (isDeepStrictEqual(scorecard, storedScorecard)) {
    await endRequestedRead(queries, session);
    return { scorecard, isChanged: false };
  }
  await updateSession(queries, options, session, {
    ...NO_CLAIM,
    ...(!storedScorecard && { last_event: null }),
    ...toSessionFields(scorecard, session, options.clock),
  });
  if (storedScorecard) {
    const { overall, overall_max } = scorecard;
    const type = isRegraded(scorecard, storedScorecard) ? 'regraded' : 'completed';
    await queries.history.append({
      session_uuid: session.session_uuid,
      type,
      overall,
      overall_max,
      at: timestamp(options.clock),
    });
  }
  return { scorecard, isChanged: true };
}

/**
 * Stores the scorecard that a new field map parsed from an already stored answer. A completed session keeps its
 * `updated_at`, because Evalon reported no change. Returns whether the scorecard changed.
 */
export async function correctScorecard(
  queries: Queries,
  options: ChangeOptions,
  newScorecard: Scorecard,
): Promise<boolean> {
  const session = await queries.sessions.get(newScorecard.session_uuid);
  const storedScorecard = session && parseStoredScorecard(session);
  if (!session || !storedScorecard)
    return (await storeFinalScorecard(queries, options, newScorecard))?.isChanged ?? false;
  const scorecard = { ...newScorecard, assessment_type: session.assessment_type ?? newScorecard.assessment_type };
  if (isDeepStrictEqual(scorecard, storedScorecard)) return false;
  const { overall, overall_max } = scorecard;
  const poll_due_at = scorecard.incomplete
    ? (session.poll_due_at ?? queries.dueClock.dueAt(FIRST_PARTS_POLL_MS))
    : null;
  const corrected = { ...session, ...toSessionFields(scorecard, session, options.clock), poll_due_at };
  await saveSession(queries, await enqueueChange(queries, options, session, corrected));
  await queries.history.correctResult(session.session_uuid, { overall, overall_max });
  return true;
}

/** Stores an answer without a final scorecard, unless the session already has a scorecard. */
export async function storeAnswerWithoutResult(
  { sessions, rawAnswers }: Queries,
  sessionUuid: string,
  { answer }: ScorecardRead,
): Promise<void> {
  if (answer && (await sessions.get(sessionUuid))?.scorecard === null) await rawAnswers.put(sessionUuid, answer);
}

export function parseStoredScorecard({ scorecard }: Pick<SessionRow, 'scorecard'>): Scorecard | undefined {
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

/** Whether the new scorecard lacks a part that the stored scorecard has. */
function isLessComplete(newScorecard: Scorecard, storedScorecard: Scorecard): boolean {
  const hasQuestions = ({ sections }: Scorecard) => sections.some(({ questions }) => questions.length > 0);
  const missing = newScorecard.incomplete ?? [];
  return (
    missing.some((part) => !storedScorecard.incomplete?.includes(part)) ||
    (hasQuestions(storedScorecard) && !hasQuestions(newScorecard))
  );
}

/** Whether a stored score changed. A score that was missing before does not count as a change. */
function isRegraded(newScorecard: Scorecard, storedScorecard: Scorecard): boolean {
  const sectionScores = ({ sections }: Scorecard) => sections.map(({ name, score }) => [name, score]);
  const hadOverall = storedScorecard.overall !== null;
  const hadSections = !storedScorecard.incomplete?.includes('sections');
  return (
    (hadOverall &&
      (newScorecard.overall !== storedScorecard.overall || newScorecard.overall_max !== storedScorecard.overall_max)) ||
    (hadSections && !isDeepStrictEqual(sectionScores(newScorecard), sectionScores(storedScorecard)))
  );
}
