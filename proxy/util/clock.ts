/** The time, injected so that tests can control it. */
import { readFileSync } from 'node:fs';

export interface Clock {
  /**
   * Wall clock: milliseconds since 1970. It can jump, so use it only for times that people or other systems see. Stored
   * due times use the database's due clock (store/due-clock.ts).
   */
  now(): number;
  /** Monotonic clock: milliseconds that never jump, for waits inside the process. Only differences have a meaning. */
  monotonic(): number;
  /** Processes with the same id share the monotonic clock: the machine has not restarted in between. */
  readonly bootId: string | undefined;
  /** Returns the time that all nodes share: `serverNow`, their database server's time. Test clocks replace it. */
  toSharedTime(serverNow: number): number;
  /**
   * Calls `run` once after `ms` milliseconds, but at the latest after 24.8 days, the longest delay of Node's timers.
   * Returns a function that cancels the call.
   */
  runAfter(ms: number, run: () => void): () => void;
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;
const NANOSECONDS_PER_MS = 1_000_000n;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint() / NANOSECONDS_PER_MS),
  bootId: readBootId(),
  toSharedTime: (serverNow) => serverNow,
  runAfter(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), MAX_TIMEOUT_MS));
    return () => clearTimeout(timer);
  },
};

/** Returns undefined on systems other than Linux. */
function readBootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Returns the clock's time in the format that the API and the database use, such as `2026-01-15T14:30:00.000Z`. */
export function timestamp(clock: Clock, plusMs = 0): string {
  return new Date(clock.now() + plusMs).toISOString();
}
