/** The demo's people as the simulated Evalon knows them: whoever tries the demo plays them, too. */
import type { SessionStatus } from '../../contract/status.ts';
import { type AnswerPlan, advanceSession } from '../evalon/auto-complete.ts';
import { createFlakyNetwork } from '../evalon/network-conditions.ts';
import { isClosed } from '../evalon/session-lifecycle.ts';
import type { SimulatedEvalon } from '../evalon/simulated.ts';
import type { Person } from './people/person.ts';

export interface DemoCandidates {
  /** The one-click link; absent before the invitation. */
  getLink(person: Person): string | undefined;
  /** How far the candidate has come, whatever the proxy has heard of it; absent before the invitation. */
  getStatus(person: Person): SessionStatus | undefined;
  /** Has the candidate answer all that is left; says whether there was anything. */
  finishAssessment(person: Person): boolean;
}

const ANSWERS: AnswerPlan = {
  optionRanks: [0, 1, 0, 1],
  writtenAnswer:
    'I would first ask who it is for and what should be different afterwards, then try the smallest thing that tells us.',
};

export function createCandidates(
  { repository: register, lifecycle: life, getCandidateUrl: linkTo }: SimulatedEvalon,
  random: () => number,
): DemoCandidates {
  const sittingOf = ({ email, job }: Person) => register.getByCandidate(email, job.project_id);
  return {
    getLink(person) {
      const sitting = sittingOf(person);
      return sitting && linkTo(sitting);
    },
    getStatus: (person) => sittingOf(person)?.status,
    finishAssessment(person) {
      const sitting = sittingOf(person);
      if (!sitting || isClosed(sitting)) return false;
      advanceSession(life, sitting, ANSWERS, createFlakyNetwork(random));
      return true;
    },
  };
}
