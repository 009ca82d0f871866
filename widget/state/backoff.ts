/** How long to wait before trying again: full jitter, from 1 s to 30 s, never less than the proxy asked for. */
import type { Clock } from './clock.ts';

const SHORTEST = 1_000;
const LONGEST = 30_000;

export function backoff(failures: number, clock: Clock, retryAfter = 0): number {
  const ceiling = Math.min(LONGEST, 3 * SHORTEST * 2 ** failures);
  return Math.max(SHORTEST + clock.random() * (ceiling - SHORTEST), retryAfter * 1000);
}
