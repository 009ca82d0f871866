/**
 * Which candidates somebody has on screen: an open stream watches them, or a page asked for them within the last
 * minute. Kept in memory and bounded: it decides what comes first, never what is true or allowed.
 */
import type { Clock } from '../util/clock.ts';
import type { Hub } from './broker.ts';

/** `watched` by an open stream, `asked` for lately, or `none` of both. */
export type Closeness = 'watched' | 'asked' | 'none';

export interface Attention {
  /** A page has asked for these people. */
  ask(candidateKeys: readonly string[]): void;
  of(candidateKey: string): Closeness;
}

/** Milliseconds that a question counts. */
const LATELY = 60_000;
/** People remembered; beyond that the longest unasked are forgotten. */
const REMEMBERED = 20_000;

export function createAttention({ hub, clock }: { hub: Pick<Hub, 'isWatched'>; clock: Clock }): Attention {
  /** When each was asked for, the longest unasked first. */
  const asked = new Map<string, number>();

  const isLately = (at: number | undefined) => at !== undefined && clock.now() - at < LATELY;

  return {
    ask(candidateKeys) {
      for (const key of candidateKeys) {
        asked.delete(key);
        asked.set(key, clock.now());
      }
      for (const [key, at] of asked) {
        if (asked.size <= REMEMBERED && isLately(at)) break;
        asked.delete(key);
      }
    },
    of(candidateKey) {
      if (hub.isWatched(candidateKey)) return 'watched';
      return isLately(asked.get(candidateKey)) ? 'asked' : 'none';
    },
  };
}
