/** Everybody in the demo ATS, in the order of its list. */
import { marketers } from './marketers.ts';
import type { Person } from './person.ts';
import { sellers } from './sellers.ts';

export const PEOPLE: readonly Person[] = [...marketers, ...sellers].toSorted(
  (a, b) => a.appliedDaysAgo - b.appliedDaysAgo,
);
