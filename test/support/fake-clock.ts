/** A clock that only a test advances. */
import type { Clock } from '../../proxy/util/clock.ts';
import { isDatabaseBusy } from './test-database.ts';

export interface TestClock extends Clock {
  /** Runs every due timer in order. After each timer, waits for the work that it started. */
  advance(ms: number): Promise<void>;
  /** Moves the time forward in one step, like a machine that wakes up. Each due timer runs once, at the new time. */
  skip(ms: number): Promise<void>;
  /** Moves only the wall clock: back, if `ms` is negative. The monotonic clock and the timers do not change. */
  jump(ms: number): void;
}

interface TestClockOptions {
  /** Milliseconds since 1970. */
  startMs?: number;
  /**
   * Event loop ticks to wait after each timer. Promises need one tick, a database in memory a few, and sockets more.
   * With fewer ticks, hours of simulated time take less real time.
   */
  ticksPerTimer?: number;
}

export function createTestClock({
  startMs = Date.parse('2026-01-15T14:30:00Z'),
  ticksPerTimer = 50,
}: TestClockOptions = {}): TestClock {
  /** Begins at the wall clock's time, so that tests can compare both clocks. */
  let monotonicMs = startMs;
  let jumpedMs = 0;
  const timers = new Set<{ dueMs: number; run: () => void }>();

  async function waitForEventLoop(): Promise<void> {
    for (let tick = 0; tick < ticksPerTimer; tick++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDatabaseBusy()) tick = 0;
    }
  }

  const clock: TestClock = {
    now: () => monotonicMs + jumpedMs,
    monotonic: () => monotonicMs,
    bootId: 'boot-of-tests',
    toSharedTime: () => monotonicMs,
    runAfter(ms, run) {
      const timer = { dueMs: monotonicMs + Math.max(ms, 0), run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const endMs = monotonicMs + ms;
      await waitForEventLoop();
      for (;;) {
        const [next] = [...timers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs);
        if (!next) break;
        timers.delete(next);
        monotonicMs = Math.max(monotonicMs, next.dueMs);
        next.run();
        await waitForEventLoop();
      }
      monotonicMs = endMs;
      await waitForEventLoop();
    },
    jump(ms) {
      jumpedMs += ms;
    },
    async skip(ms) {
      await waitForEventLoop();
      monotonicMs += ms;
      await clock.advance(0);
    },
  };
  return clock;
}

/** Returns the highest number of calls within any 60 s. `at` is in milliseconds. */
export function maxPerMinute(calls: readonly { at: number }[]): number {
  return Math.max(0, ...calls.map(({ at: from }) => calls.filter(({ at }) => at >= from && at < from + 60_000).length));
}
