/**
 * Gives the demo a history of several days, and starts a cohort. Sets the sandbox's clock to the time of each step.
 * Runs once. If the run was interrupted, the next start repeats it.
 */
import type { Assessment } from '../../contract/client-config.ts';
import { PEOPLE } from '../demo/people/people.ts';
import { GRADUATE_JOB, type Job } from '../demo/people/person.ts';
import type { PlannedFault } from '../evalon/faults.ts';
import type { SimulatedEvalon } from '../evalon/simulated-evalon.ts';
import type { SandboxClock } from '../sandbox-clock.ts';
import { createDemoActions } from './actions.ts';
import { EARLIER_COHORT, RUNNING_COHORT, STEPS_BY_CANDIDATE_ID, type Step, type StepTime } from './history.ts';
import type { Invitee } from './proxy-client.ts';

const SEEDED_MARKER = 'seeded';
const MINUTE_MS = 60_000;

/** Slows the running cohort, so that most of the rate limit is left for visitors. */
const SLOW_GRADUATE_INVITES: PlannedFault = {
  kind: 'create',
  projectId: GRADUATE_JOB.project_id,
  fault: { fault: 'slow', ms: 4_000 },
};

export interface SeedOptions {
  publicUrl: string;
  assessments: readonly Assessment[];
  evalon: SimulatedEvalon;
  clock: SandboxClock;
  log: (message: string, facts?: object) => void;
}

interface ScheduledAction {
  /** Milliseconds since 1970. */
  time: number;
  run: () => Promise<void>;
}

/** @throws if the proxy refuses a request. */
export async function seed(options: SeedOptions): Promise<void> {
  const { assessments, evalon, clock } = options;
  if (evalon.repository.hasMarker(SEEDED_MARKER)) return;
  const actions = createDemoActions(options);
  const now = clock.now();
  const isOffered = ({ project_id }: Job) => assessments.some((offer) => offer.project_id === project_id);
  const schedule = (candidate: Invitee, job: Job, steps: readonly Step[] = []): ScheduledAction[] =>
    steps.map(({ at, action }) => ({ time: toTime(at, now), run: () => actions.run(candidate, job, action) }));

  const scheduled = PEOPLE.filter(({ job }) => isOffered(job)).flatMap((person) =>
    schedule(person, person.job, STEPS_BY_CANDIDATE_ID[person.id]),
  );
  if (isOffered(GRADUATE_JOB)) {
    const { at, by, candidates } = EARLIER_COHORT;
    scheduled.push(
      { time: toTime(at, now), run: () => actions.inviteCohort(by, candidates, GRADUATE_JOB) },
      ...candidates.flatMap((candidate) => schedule(candidate, GRADUATE_JOB, candidate.steps)),
    );
  }
  try {
    for (const { time, run } of scheduled.toSorted((a, b) => a.time - b.time)) {
      clock.setTo(time);
      await run();
    }
  } finally {
    clock.reset();
  }
  if (isOffered(GRADUATE_JOB)) {
    await actions.startCohort(RUNNING_COHORT.by, RUNNING_COHORT.candidates, GRADUATE_JOB);
    evalon.faults.add(SLOW_GRADUATE_INVITES);
  }
  evalon.repository.setMarker(SEEDED_MARKER);
}

/** Returns milliseconds since 1970. */
function toTime(at: StepTime, now: number): number {
  if ('minutesAgo' in at) return now - at.minutesAgo * MINUTE_MS;
  const [hours = 0, minutes = 0] = at.time.split(':').map(Number);
  const date = new Date(now);
  date.setDate(date.getDate() - at.daysAgo);
  return date.setHours(hours, minutes + (at.plusMinutes ?? 0), 0, 0);
}
