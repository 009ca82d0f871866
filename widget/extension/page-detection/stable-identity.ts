/**
 * Who the candidate on show is, from one look after another. Pages that swap candidates in place change their address and what
 * they show one after the other: while the two do not belong together nobody is named. DOM-free.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import type { AtsIds } from '../../../proxy/contract/page-address.ts';
import type { PageCandidate, PageSnapshot } from './read-page.ts';

export type Identity =
  /** No page of a candidate. */
  | { state: 'none' }
  /** The page is between two candidates. */
  | { state: 'changing'; adapter: ServedAdapter }
  /** A candidate's page, and nobody can tell whose: the recruiter is asked for the email. */
  | { state: 'unknown'; adapter: ServedAdapter; shown: PageCandidate }
  /** Where `from` is the page, or the adapter is not connected, the recruiter confirms who it is. */
  | { state: 'candidate'; adapter: ServedAdapter; ids: AtsIds; from: 'address' | 'page'; shown: PageCandidate };

export interface DebounceState {
  /** The candidate, as far as ids tell; when that began, or when what is shown changed last. */
  key: string;
  since: number;
  /** What is shown, and what was shown of the candidate before. */
  text: string;
  stale: string;
  /** What has been shown of this one for a while. */
  settled: string;
  /** What is shown changed without the address. */
  changedInPlace: boolean;
  /** The candidate who was named last. */
  lastNamed: { key: string; text: string; settled: string };
}

export const INITIAL_STATE: DebounceState = {
  key: '',
  since: 0,
  text: '',
  stale: '',
  settled: '',
  changedInPlace: false,
  lastNamed: { key: '', text: '', settled: '' },
};

/** Milliseconds: until what has not changed is taken to stay, and until a page is taken to show what it showed of the one before. */
const QUIET = 1_000;
const SLOW = 5_000;

/** @param now milliseconds. Answers in how many of them another look is due where nothing changes. */
export function debounceIdentity(
  memory: DebounceState,
  sight: PageSnapshot,
  now: number,
): { memory: DebounceState; identity: Identity; again?: number } {
  const { adapter, ids, from = 'page', shown } = sight;
  const next = follow(
    memory,
    keyOf(sight),
    shown.name || shown.email ? JSON.stringify([shown.name, shown.email]) : '',
    now,
  );
  if (!adapter) return { memory: next, identity: { state: 'none' } };
  const since = now - next.since;
  const isStale = next.text !== '' && next.text === next.stale;
  const patience = isStale ? SLOW : QUIET;
  if (since < patience && (!ids || isStale || next.changedInPlace)) {
    return { memory: next, identity: { state: 'changing', adapter }, again: patience - since };
  }
  if (!ids || (next.changedInPlace && next.settled))
    return { memory: next, identity: { state: 'unknown', adapter, shown } };
  const isSettled = since >= QUIET && !isStale;
  const settled = isSettled ? next.text : next.settled;
  const { key, text } = next;
  return {
    memory: { ...next, changedInPlace: false, settled, lastNamed: { key, text, settled } },
    identity: { state: 'candidate', adapter, ids, from, shown },
    ...(since < QUIET && { again: QUIET - since }),
  };
}

function keyOf({ adapter, ids }: PageSnapshot): string {
  return adapter ? JSON.stringify([adapter.name, ids && Object.entries(ids).sort()]) : '';
}

function follow(memory: DebounceState, key: string, text: string, now: number): DebounceState {
  const { lastNamed: owner } = memory;
  const before = key === owner.key ? { ...owner, stale: '' } : { text: '', settled: '', stale: owner.text };
  const at = key === memory.key ? memory : { ...memory, ...before, key, since: now, moved: false };
  if (!text || text === at.text) return at;
  const isExplained = !at.text || at.text === at.stale || text === at.settled;
  return { ...at, text, since: now, changedInPlace: !isExplained };
}
