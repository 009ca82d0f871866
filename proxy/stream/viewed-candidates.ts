/**
 * Which candidates somebody has on screen: an open stream watches them, or a page asked for them within the last
 * minute. Kept in memory and bounded: it decides what comes first, never what is true or allowed.
 */
import type { Clock } from '../util/clock.ts';
import type { Broker } from './broker.ts';

/** `watched` by an open stream, `asked` for lately, or `none` of both. */
export type Visibility = 'watched' | 'asked' | 'none';

export interface ViewedCandidates {
  /** A page has asked for these people. */
  markViewed(candidateKeys: readonly string[]): void;
  getVisibility(candidateKey: string): Visibility;
}

/** Milliseconds that a question counts. */
const RECENT_MS = 60_000;
/** People remembered; beyond that the longest unasked are forgotten. */
const MAX_REMEMBERED = 20_000;

export function createViewedCandidates({
  hub,
  clock,
}: {
  hub: Pick<Broker, 'hasSubscriber'>;
  clock: Clock;
}): ViewedCandidates {
  /** When each was asked for, the longest unasked first. */
  const asked = new Map<string, number>();

  const isLately = (at: number | undefined) => at !== undefined && clock.now() - at < RECENT_MS;

  return {
    markViewed(candidateKeys) {
      for (const key of candidateKeys) {
        asked.delete(key);
        asked.set(key, clock.now());
      }
      for (const [key, at] of asked) {
        if (asked.size <= MAX_REMEMBERED && isLately(at)) break;
        asked.delete(key);
      }
    },
    getVisibility(candidateKey) {
      if (hub.hasSubscriber(candidateKey)) return 'watched';
      return isLately(asked.get(candidateKey)) ? 'asked' : 'none';
    },
  };
}
