/** Lives through a session in the candidate's place: the demo's people have no time to answer questions. */
import type { NetworkConditions } from './network-conditions.ts';
import { getSections } from './questions/bank.ts';
import type { Question } from './questions/question.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';
import type { SimulatedSession } from './session-repository.ts';

/** Which answer was chosen to each question, 0 being the best, and what was written. */
export interface AnswerPlan {
  optionRanks: readonly number[];
  writtenAnswer: string;
}

/** How far to go. */
export type SessionTarget = 'invited' | 'opened' | 'started' | 'scoring' | 'expired' | 'declined' | AnswerPlan;

/** Seconds that a section takes, and each one after it takes longer. */
const SECTION_TAKES = 95;
const LONGER = 40;

/** Goes on from where the session stands. */
export function advanceSession(
  life: SessionLifecycle,
  sitting: SimulatedSession,
  course: SessionTarget,
  fate: NetworkConditions,
): void {
  if (course === 'invited') return;
  const opened = life.open(sitting, fate);
  if (course === 'opened') return;
  if (course === 'expired' || course === 'declined') return void life.end(opened, course, fate);
  let current = life.start(opened, fate);
  if (course === 'started') return;
  if (course === 'scoring') return void life.submitForReview(current, fate);
  let asked = 0;
  for (const [index, { questions }] of getSections(sitting.assessment_type).entries()) {
    const answers = questions.map((question) => [question.id, reply(question, course, asked++)]);
    if (index < sitting.section) continue;
    current = life.submitSection(current, Object.fromEntries(answers), fate, SECTION_TAKES + LONGER * index);
  }
}

function reply(
  question: Question,
  { optionRanks: ranks, writtenAnswer: written }: AnswerPlan,
  position: number,
): string {
  if (question.kind === 'written') return written;
  const ranked = question.options
    .map(({ points }, index) => ({ points, index }))
    .toSorted((a, b) => b.points - a.points);
  return String(ranked[ranks[position] ?? 0]?.index);
}
