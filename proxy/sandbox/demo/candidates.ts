/** Finds the sessions of the demo candidates at the simulated Evalon. */
import type { SessionStatus } from '../../contract/status.ts';
import { type AnswerPlan, advanceSession } from '../evalon/advance-session.ts';
import { isClosed } from '../evalon/session-lifecycle.ts';
import type { SimulatedEvalon } from '../evalon/simulated-evalon.ts';
import type { Person } from './people/person.ts';

export interface DemoCandidates {
  /** Returns the candidate's link, or undefined before the invite. */
  getLink(person: Person): string | undefined;
  /** Returns the status at the simulated Evalon. The proxy may still have an earlier status. */
  getStatus(person: Person): SessionStatus | undefined;
  /** Answers the remaining questions. Returns false if there are none. */
  finishAssessment(person: Person): boolean;
}

const ANSWERS: AnswerPlan = {
  optionRanks: [0, 1, 0, 1],
  writtenAnswer:
    'I would first ask who it is for and what should change afterwards, because then I can test the smallest next step and report the result.',
  minutes: 14,
};

export function createDemoCandidates({ repository, lifecycle, getCandidateUrl }: SimulatedEvalon): DemoCandidates {
  const findSession = ({ email, job }: Person) => repository.getByCandidate(email, job.project_id);
  return {
    getLink(person) {
      const session = findSession(person);
      return session && getCandidateUrl(session);
    },
    getStatus: (person) => findSession(person)?.status,
    finishAssessment(person) {
      const session = findSession(person);
      if (!session || isClosed(session)) return false;
      advanceSession(lifecycle, session, ANSWERS);
      return true;
    },
  };
}
