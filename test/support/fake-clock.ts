/** A clock that stands still until it is told to go on. */
import type { Clock } from '../../proxy/util/clock.ts';

export interface TestClock extends Clock {
  /** Lets time pass and runs what falls due, in order; between two of them, whatever they set off may finish. */
  advance(ms: number): Promise<void>;
}

/** @param turns of the event loop that pass between two alarms: one where nothing but promises is set off. */
export function createTestClock(start = Date.parse('2026-01-15T14:30:00Z'), turns = 50): TestClock {
  let now = start;
  const alarms = new Set<{ at: number; run: () => void }>();

  /** Databases and sockets answer within a few turns of the event loop. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => now,
    runAfter(ms, run) {
      const alarm = { at: now + Math.max(ms, 0), run };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        alarms.delete(next);
        now = Math.max(now, next.at);
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** The most of these that lie within any one minute; `at` in milliseconds. */
export function maxPerMinute(all: readonly { at: number }[]): number {
  return Math.max(0, ...all.map(({ at: from }) => all.filter(({ at }) => at >= from && at < from + 60_000).length));
}
