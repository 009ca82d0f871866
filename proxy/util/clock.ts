/** Time, injected, so that tests need not wait for it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` once after `ms` milliseconds; the answer takes it back. */
  runAfter(ms: number, run: () => void): () => void;
}

/** The longest delay that Node's timers hold, in milliseconds. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  runAfter(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), MAX_TIMEOUT_MS));
    return () => clearTimeout(timer);
  },
};

/** The clock's time as the wire and the store write it, e.g. `2026-01-15T14:30:00.000Z`. */
export function timestamp(clock: Clock, plusMs = 0): string {
  return new Date(clock.now() + plusMs).toISOString();
}
