/** Every demo candidate, newest application first. */
import { marketingCandidates } from './marketing-candidates.ts';
import type { Person } from './person.ts';
import { salesCandidates } from './sales-candidates.ts';

export const PEOPLE: readonly Person[] = [...marketingCandidates, ...salesCandidates].toSorted(
  (a, b) => a.appliedDaysAgo - b.appliedDaysAgo,
);
