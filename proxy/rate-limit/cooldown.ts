/**
 * The silence after a 429: until the time that Evalon named, else exponential backoff with full jitter. Refusals of
 * calls that were under way when it began are the same incident; a success of a later call ends the counting.
 */
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';

export interface Pause {
  /** No call starts before this. */
  readonly until: number;
  /**
   * Evalon answered 429 to a call.
   * @param asked the seconds it named; answers the seconds that are left to wait.
   */
  begin(startedAt: number, now: number, asked: number | undefined): number;
  succeeded(startedAt: number): void;
}

/** A pause without a time from Evalon. */
const PAUSE: Readonly<BackoffOptions> = { firstMs: 2_000, maxMs: 120_000 };

/** @param until of a pause that goes on already. */
export function createPause(random: () => number, until = Number.NEGATIVE_INFINITY): Pause {
  let inARow = 0;
  let began = Number.NEGATIVE_INFINITY;

  return {
    get until() {
      return until;
    },
    begin(startedAt, now, asked) {
      const known = inARow > 0 && startedAt <= began;
      if (!known) {
        inARow += 1;
        began = now;
      }
      if (asked !== undefined) until = Math.max(until, now + asked * 1_000);
      else if (!known) until = Math.max(until, now + backoffDelayMs(PAUSE, inARow, random));
      return Math.max(Math.ceil((until - now) / 1_000), 1);
    },
    succeeded(startedAt) {
      if (startedAt > began) inARow = 0;
    },
  };
}
