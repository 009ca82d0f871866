/**
 * Debounces the candidate's identity. A single-page ATS changes the URL first and the content later, or the other
 * way round. While the two may belong to different candidates, the result is `changing`. Does not use the DOM.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import type { AtsIds } from '../../../proxy/contract/page-address.ts';
import type { PageCandidate, PageSnapshot } from './read-page.ts';

export type Identity =
  /** The page is not about a candidate. */
  | { state: 'none' }
  /** The page is changing from one candidate to the next. */
  | { state: 'changing'; adapter: ServedAdapter }
  /** The page does not identify its candidate. The recruiter types the email, which applies to this exact URL. */
  | { state: 'unknown'; adapter: ServedAdapter; address: string; shown: PageCandidate }
  /** The recruiter must confirm the candidate if `from` is `page`, or if the adapter has no connector. */
  | { state: 'candidate'; adapter: ServedAdapter; ids: AtsIds; from: 'address' | 'page'; shown: PageCandidate };

export interface DebounceState {
  /** Identifies the candidate by ids, or by the URL if the page has no ids. */
  key: string;
  /** When the key or the text last changed. */
  changedAtMs: number;
  /** The name and email on the page. */
  text: string;
  /** The previous candidate's text: the page may still show it. */
  staleText: string;
  /** The last text that was stable. */
  settledText: string;
  /** Whether the text changed unexpectedly while the key stayed the same. */
  hasUnexpectedText: boolean;
  /** The last candidate that was identified. */
  lastIdentified: { key: string; text: string; settledText: string };
}

export const INITIAL_STATE: DebounceState = {
  key: '',
  changedAtMs: 0,
  text: '',
  staleText: '',
  settledText: '',
  hasUnexpectedText: false,
  lastIdentified: { key: '', text: '', settledText: '' },
};

/** Key and text are stable if they have not changed for this long. */
const SETTLE_MS = 1_000;
/** The page gets this long to replace the previous candidate's text. */
const STALE_MS = 5_000;

/**
 * Returns `recheckMs` if the page must be reread after this time, even if it has not changed.
 */
export function debounceIdentity(
  previous: DebounceState,
  snapshot: PageSnapshot,
  nowMs: number,
): { state: DebounceState; identity: Identity; recheckMs?: number } {
  const { address, adapter, ids, from = 'page', shown } = snapshot;
  const text = shown.name || shown.email ? JSON.stringify([shown.name, shown.email]) : '';
  const state = updateState(previous, toCandidateKey(snapshot), text, nowMs);
  if (!adapter) return { state, identity: { state: 'none' } };
  const elapsedMs = nowMs - state.changedAtMs;
  const isStale = state.text !== '' && state.text === state.staleText;
  const waitMs = isStale ? STALE_MS : SETTLE_MS;
  if (elapsedMs < waitMs && (!ids || isStale || state.hasUnexpectedText)) {
    return { state, identity: { state: 'changing', adapter }, recheckMs: waitMs - elapsedMs };
  }
  if (!ids || (state.hasUnexpectedText && state.settledText)) {
    return { state, identity: { state: 'unknown', adapter, address, shown } };
  }
  const settledText = elapsedMs >= SETTLE_MS && !isStale ? state.text : state.settledText;
  const lastIdentified = { key: state.key, text: state.text, settledText };
  return {
    state: { ...state, hasUnexpectedText: false, settledText, lastIdentified },
    identity: { state: 'candidate', adapter, ids, from, shown },
    ...(elapsedMs < SETTLE_MS && { recheckMs: SETTLE_MS - elapsedMs }),
  };
}

function toCandidateKey({ address, adapter, ids }: PageSnapshot): string {
  return adapter ? JSON.stringify([adapter.name, ids ? Object.entries(ids).sort() : address]) : '';
}

function updateState(previous: DebounceState, key: string, text: string, nowMs: number): DebounceState {
  const state = key === previous.key ? previous : startCandidate(previous, key, nowMs);
  if (!text || text === state.text) return state;
  const isExpected = !state.text || state.text === state.staleText || text === state.settledText;
  return { ...state, text, changedAtMs: nowMs, hasUnexpectedText: !isExpected };
}

function startCandidate({ lastIdentified }: DebounceState, key: string, nowMs: number): DebounceState {
  const isReturning = key === lastIdentified.key;
  return {
    key,
    changedAtMs: nowMs,
    text: isReturning ? lastIdentified.text : '',
    staleText: isReturning ? '' : lastIdentified.text,
    settledText: isReturning ? lastIdentified.settledText : '',
    hasUnexpectedText: false,
    lastIdentified,
  };
}
