/**
 * Tracks which candidates recruiters have on screen: those that a stream subscribes to, and those that a page queried
 * within the last minute. Keeps a limited number in memory. The proxy reads the scorecards of these candidates first.
 */
import type { Clock } from '../util/clock.ts';
import type { Broker } from './broker.ts';

export type Visibility = 'streaming' | 'recent' | 'none';

export interface ViewedCandidates {
  /** Call this when a page queries these candidates. */
  markViewed(candidateKeys: readonly string[]): void;
  getVisibility(candidateKey: string): Visibility;
}

/** A candidate counts as recent for this long after a query. */
const RECENT_MS = 60_000;
/** If there are more candidates, the proxy forgets the least recently viewed ones. */
const MAX_CANDIDATES = 20_000;

interface Options {
  broker: Pick<Broker, 'hasSubscriber'>;
  clock: Clock;
}

export function createViewedCandidates({ broker, clock }: Options): ViewedCandidates {
  /** Time of the latest query by candidate key, least recent first. */
  const viewedAt = new Map<string, number>();

  const isRecent = (at: number | undefined) => at !== undefined && clock.monotonic() - at < RECENT_MS;

  return {
    markViewed(candidateKeys) {
      for (const key of candidateKeys) {
        viewedAt.delete(key);
        viewedAt.set(key, clock.monotonic());
      }
      for (const [key, at] of viewedAt) {
        if (viewedAt.size <= MAX_CANDIDATES && isRecent(at)) break;
        viewedAt.delete(key);
      }
    },
    getVisibility(candidateKey) {
      if (broker.hasSubscriber(candidateKey)) return 'streaming';
      return isRecent(viewedAt.get(candidateKey)) ? 'recent' : 'none';
    },
  };
}
