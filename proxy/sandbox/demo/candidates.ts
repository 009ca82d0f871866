/** The demo's people as the simulated Evalon knows them: whoever tries the demo plays them, too. */
import type { SessionStatus } from '../../contract/status.ts';
import { type Answered, live } from '../evalon/auto-complete.ts';
import { capricious } from '../evalon/network-conditions.ts';
import { isOver } from '../evalon/session-lifecycle.ts';
import type { SimulatedEvalon } from '../evalon/simulated.ts';
import type { Person } from './people/person.ts';

export interface Candidates {
  /** The one-click link; absent before the invitation. */
  linkOf(person: Person): string | undefined;
  /** How far the candidate has come, whatever the proxy has heard of it; absent before the invitation. */
  statusOf(person: Person): SessionStatus | undefined;
  /** Has the candidate answer all that is left; says whether there was anything. */
  finish(person: Person): boolean;
}

const ANSWERS: Answered = {
  ranks: [0, 1, 0, 1],
  written:
    'I would first ask who it is for and what should be different afterwards, then try the smallest thing that tells us.',
};

export function createCandidates({ register, life, linkTo }: SimulatedEvalon, random: () => number): Candidates {
  const sittingOf = ({ email, job }: Person) => register.byPerson(email, job.project_id);
  return {
    linkOf(person) {
      const sitting = sittingOf(person);
      return sitting && linkTo(sitting);
    },
    statusOf: (person) => sittingOf(person)?.status,
    finish(person) {
      const sitting = sittingOf(person);
      if (!sitting || isOver(sitting)) return false;
      live(life, sitting, ANSWERS, capricious(random));
      return true;
    },
  };
}
