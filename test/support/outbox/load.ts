/** The candidates of the simulated ATSs, and the faults of these ATSs. */
import type { SimulatedAts } from '../../../proxy/sandbox/simulated-ats/api.ts';
import type { SimulatedPerson } from '../../../proxy/sandbox/simulated-ats/candidates.ts';

const MAX_PEOPLE = 1_000;

export const PEOPLE: readonly SimulatedPerson[] = Array.from({ length: MAX_PEOPLE }, (_, n) => ({
  name: `Person ${n + 1}`,
  email: `person-${n + 1}@example.com`,
  jobId: '11',
}));

const FAULTS = [
  { fault: 'slow', ms: 1_500 },
  { fault: 'late-response', ms: 1_500 },
  { fault: 'refuse', status: 429, retryAfter: '1' },
  { fault: 'refuse', status: 500 },
  { fault: 'html' },
  { fault: 'lost-response' },
] as const;

/** Injects a fault into the next one or two writes. */
export function injectRandomFault({ faults }: SimulatedAts, random: () => number): void {
  const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? FAULTS[0];
  faults.add({ kind: 'write', fault, times: 1 + Math.floor(random() * 2) });
}
