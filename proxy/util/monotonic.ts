import type { Clock } from './clock.ts';

/**
 * Returns a function that reads the clock's time but never goes back. Without it, a machine's clock that is set back an
 * hour would delay rate limit permits for an hour.
 */
export function createMonotonicNow(clock: Clock): () => number {
  let latestMs = Number.NEGATIVE_INFINITY;
  let offsetMs = 0;
  return () => {
    const nowMs = clock.now() + offsetMs;
    if (nowMs < latestMs) offsetMs += latestMs - nowMs;
    else latestMs = nowMs;
    return latestMs;
  };
}
