/** The facts beside the overall score: how long the candidate took, and when the result arrived. */
import type { Scorecard, Session } from '../../api/parse.ts';
import { sessionDate } from '../../strings/en/common.ts';
import { timeTaken } from '../../strings/en/report.ts';

/** Omits a fact that Evalon did not report. */
export function getFacts(session: Session, scorecard: Scorecard | undefined): string[] {
  const questions = scorecard?.sections.flatMap((section) => section.questions) ?? [];
  const seconds = questions.reduce((sum, { time_seconds = 0 }) => sum + time_seconds, 0);
  return [...(seconds ? [timeTaken(seconds)] : []), ...(session.completed_at ? [sessionDate(session)] : [])];
}
