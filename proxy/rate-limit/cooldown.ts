/**
 * Cooldown after a 429: all calls pause until the time of `Retry-After`, or for an exponential backoff with jitter.
 * Several calls may get a 429 because they were already running when the cooldown began. They count as one refusal. A
 * later success resets the backoff.
 */
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';

/** The cooldown after a 429 without `Retry-After`. */
const BACKOFF: Readonly<BackoffOptions> = { firstMs: 2_000, maxMs: 120_000 };

/** @param random returns a number from 0 up to, but not including, 1. */
export function createCooldown(random: () => number) {
  let until = Number.NEGATIVE_INFINITY;
  let startedAt = Number.NEGATIVE_INFINITY;
  let refusalCount = 0;

  return {
    /** The monotonic time before which no call starts. */
    get until() {
      return until;
    },

    /**
     * Begins or extends the cooldown, and returns how many milliseconds it lasts.
     * @param retryAfterSeconds the seconds in `Retry-After`, if Evalon sent it.
     */
    start(callStartedAt: number, now: number, retryAfterSeconds: number | undefined): number {
      const startedBeforeCooldown = refusalCount > 0 && callStartedAt <= startedAt;
      if (!startedBeforeCooldown) {
        refusalCount += 1;
        startedAt = now;
      }
      if (retryAfterSeconds !== undefined) until = Math.max(until, now + retryAfterSeconds * 1_000);
      else if (!startedBeforeCooldown) until = Math.max(until, now + backoffDelayMs(BACKOFF, refusalCount, random));
      return Math.max(until - now, 0);
    },

    /** Applies a cooldown that another process began. */
    extend(storedUntil: number): void {
      until = Math.max(until, storedUntil);
    },

    onSuccess(callStartedAt: number): void {
      if (callStartedAt > startedAt) refusalCount = 0;
    },
  };
}
