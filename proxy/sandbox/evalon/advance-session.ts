/** Advances a simulated session to a given status, and answers its questions if necessary. */
import { getSections } from './questions/bank.ts';
import type { Question } from './questions/question.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';
import type { SimulatedSession } from './session-repository.ts';

export interface AnswerPlan {
  /** For each question in order: the rank of the option to choose. Rank 0 has the most points. */
  optionRanks: readonly number[];
  writtenAnswer: string;
  /** The candidate's time for all sections. */
  minutes: number;
}

/** The status to reach, or the answers that complete the session. */
export type SessionTarget = 'opened' | 'started' | 'scoring' | 'expired' | 'declined' | AnswerPlan;

/** Continues from the session's current status. */
export function advanceSession(lifecycle: SessionLifecycle, session: SimulatedSession, target: SessionTarget): void {
  const opened = lifecycle.open(session);
  if (target === 'opened') return;
  if (target === 'expired' || target === 'declined') return void lifecycle.end(opened, target);
  let current = lifecycle.start(opened);
  if (target === 'started') return;
  if (target === 'scoring') return void lifecycle.submitForReview(current);
  const sections = getSections(session.assessment_type);
  const secondsPerSection = Math.round((target.minutes * 60) / sections.length);
  let position = 0;
  for (const [index, { questions }] of sections.entries()) {
    const answers = questions.map((question) => [question.id, chooseAnswer(question, target, position++)]);
    if (index < session.section) continue;
    current = lifecycle.submitSection(current, Object.fromEntries(answers), secondsPerSection);
  }
}

function chooseAnswer(question: Question, { optionRanks, writtenAnswer }: AnswerPlan, position: number): string {
  if (question.kind === 'written') return writtenAnswer;
  const optionsByPoints = question.options
    .map(({ points }, index) => ({ points, index }))
    .toSorted((a, b) => b.points - a.points);
  return String(optionsByPoints[optionRanks[position] ?? 0]?.index);
}
