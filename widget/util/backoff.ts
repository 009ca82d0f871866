/** How long to wait before a failed request is sent again. */
import type { Clock } from './clock.ts';

const MIN_MS = 1_000;
const MAX_MS = 30_000;
/** Upper limit of `Retry-After`, far below the 24 days that browser timers support. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Returns an exponential backoff with jitter, in milliseconds. It is never less than the proxy's `Retry-After`. */
export function computeBackoff(failureCount: number, clock: Clock, retryAfterSeconds = 0): number {
  // The ceiling is 3 s at first, and doubles with each failure.
  const ceiling = Math.min(MAX_MS, 3 * MIN_MS * 2 ** failureCount);
  const jittered = MIN_MS + clock.random() * (ceiling - MIN_MS);
  return Math.max(jittered, Math.min(retryAfterSeconds * 1000, MAX_RETRY_AFTER_MS));
}

/** Runs `retry` after a backoff, if the failure is temporary: no response, a 5xx or a 429. */
export function scheduleRetry(
  { status = 503, retryAfter }: { status?: number; retryAfter?: number | undefined },
  failureCount: number,
  clock: Clock,
  retry: () => void,
): void {
  if (status >= 500 || status === 429) clock.setTimer(computeBackoff(failureCount, clock, retryAfter), retry);
}
