/** Everybody in the demo ATS, in the order of its list. */
import { marketingCandidates } from './marketers.ts';
import type { Person } from './person.ts';
import { salesCandidates } from './sellers.ts';

export const PEOPLE: readonly Person[] = [...marketingCandidates, ...salesCandidates].toSorted(
  (a, b) => a.appliedDaysAgo - b.appliedDaysAgo,
);
