/** Advances a simulated session to a given stage, and answers its questions if necessary. */
import { getSections } from './questions/bank.ts';
import type { Question } from './questions/question.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';
import type { SimulatedSession } from './session-repository.ts';

export interface AnswerPlan {
  /** By position of the question: the rank of the chosen option by points. 0 is the best. Written ones have none. */
  optionRanks: readonly number[];
  writtenAnswer: string;
  /** The time for all sections. */
  minutes: number;
}

export type SessionTarget = 'opened' | 'started' | 'scoring' | 'expired' | 'declined' | AnswerPlan;

/** Continues from the session's current stage. */
export function advanceSession(lifecycle: SessionLifecycle, session: SimulatedSession, target: SessionTarget): void {
  const opened = lifecycle.open(session);
  if (target === 'opened') return;
  if (target === 'expired' || target === 'declined') return void lifecycle.end(opened, target);
  let current = lifecycle.start(opened);
  if (target === 'started') return;
  if (target === 'scoring') return void lifecycle.submitForReview(current);
  const sections = getSections(session.assessment_type);
  const seconds = Math.round((target.minutes * 60) / sections.length);
  let position = 0;
  for (const [index, { questions }] of sections.entries()) {
    const answers = questions.map((question) => [question.id, chooseAnswer(question, target, position++)]);
    if (index < session.section) continue;
    current = lifecycle.submitSection(current, Object.fromEntries(answers), seconds);
  }
}

function chooseAnswer(question: Question, { optionRanks, writtenAnswer }: AnswerPlan, position: number): string {
  if (question.kind === 'written') return writtenAnswer;
  const ranked = question.options
    .map(({ points }, index) => ({ points, index }))
    .toSorted((a, b) => b.points - a.points);
  return String(ranked[optionRanks[position] ?? 0]?.index);
}
