/** The time, injected so that tests can control it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Calls `run` once after `ms` milliseconds, but at the latest after 24.8 days, the longest delay of Node's timers.
   * Returns a function that cancels the call.
   */
  runAfter(ms: number, run: () => void): () => void;
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  runAfter(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), MAX_TIMEOUT_MS));
    return () => clearTimeout(timer);
  },
};

/** Returns the clock's time in the format of the API and the database, such as `2026-01-15T14:30:00.000Z`. */
export function timestamp(clock: Clock, plusMs = 0): string {
  return new Date(clock.now() + plusMs).toISOString();
}
