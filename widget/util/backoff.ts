/** How long to wait before trying again: full jitter, from 1 s to 30 s, never less than the proxy asked for. */

import type { WidgetProblem } from '../api/errors.ts';
import type { Clock } from './clock.ts';

const SHORTEST = 1_000;
const LONGEST = 30_000;
/** No proxy can ask for a longer silence; timers hold no more than 24 days. */
const HOUR = 3_600_000;

export function computeBackoff(failures: number, clock: Clock, retryAfter = 0): number {
  const ceiling = Math.min(LONGEST, 3 * SHORTEST * 2 ** failures);
  return Math.max(SHORTEST + clock.random() * (ceiling - SHORTEST), Math.min(retryAfter * 1000, HOUR));
}

/** Runs once more after a while, where the problem is one that may pass by itself. */
export function scheduleRetry(
  { details: facts }: WidgetProblem,
  failures: number,
  clock: Clock,
  run: () => void,
): void {
  const { status = 503, retryAfter } = facts;
  if (status >= 500 || status === 429) clock.setTimer(computeBackoff(failures, clock, retryAfter), run);
}
