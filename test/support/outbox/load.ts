/** The candidates of the simulated ATSs, and the faults of these ATSs. */
import type { SimulatedAts } from '../../../proxy/sandbox/simulated-ats/api.ts';
import {
  ASHBY_IDS,
  GREENHOUSE_IDS,
  LEVER_IDS,
  type SimulatedPerson,
  WORKDAY_IDS,
} from '../../../proxy/sandbox/simulated-ats/candidates.ts';
import type { AtsName } from '../../../proxy/sandbox/simulated-ats/written-records.ts';

const MAX_PEOPLE = 1_000;

export const PEOPLE: readonly SimulatedPerson[] = Array.from({ length: MAX_PEOPLE }, (_, n) => ({
  name: `Person ${n + 1}`,
  email: `person-${n + 1}@example.com`,
  jobId: '11',
}));

/** Returns the application of the person with this index. */
export const APPLICATIONS: Record<AtsName, (index: number) => string> = {
  greenhouse: GREENHOUSE_IDS.application,
  lever: LEVER_IDS.opportunity,
  ashby: ASHBY_IDS.application,
  workday: WORKDAY_IDS.application,
};
export const ATS_NAMES = Object.keys(APPLICATIONS) as AtsName[];

const FAULTS = [
  { fault: 'slow', ms: 1_500 },
  { fault: 'late-response', ms: 1_500 },
  { fault: 'refuse', status: 429, retryAfter: '1' },
  { fault: 'refuse', status: 500 },
  { fault: 'html' },
  { fault: 'lost-response' },
] as const;

/** Lets one or two of the next writes fail. */
export function injectRandomFault({ faults }: SimulatedAts, random: () => number): void {
  const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? FAULTS[0];
  faults.add({ kind: 'write', fault, times: 1 + Math.floor(random() * 2) });
}
