/**
 * A reference model of Evalon's rate limit. Counts a call as refused if it exceeds the rate in a sliding window, or in
 * a fixed window at one of several offsets, because Evalon may use any of these windows.
 */
import type { Clock } from '../../proxy/util/clock.ts';

const WINDOW_MS = 60_000;
const FIXED_WINDOW_OFFSETS_MS = [0, 1, 7_000, 19_500, 30_000, 44_444, 59_999];

export interface StrictRateCounter {
  /** When each call reached Evalon, in order. */
  readonly arrivalTimes: readonly number[];
  /** Calls that exceeded the rate in at least one window. */
  readonly refusedCount: number;
  /** Resolves after `durationMs`. The call arrives at a random moment within that time. */
  call(durationMs: number): Promise<void>;
}

export function createStrictRateCounter(clock: Clock, rate: number, random: () => number): StrictRateCounter {
  const arrivalTimes: number[] = [];
  const counts = FIXED_WINDOW_OFFSETS_MS.map(() => new Map<number, number>());
  let refusedCount = 0;

  function arrive(): void {
    const now = clock.now();
    arrivalTimes.push(now);
    const previous = arrivalTimes[arrivalTimes.length - 1 - rate];
    let isRefused = previous !== undefined && previous > now - WINDOW_MS;
    for (const [index, offsetMs] of FIXED_WINDOW_OFFSETS_MS.entries()) {
      const window = Math.floor((now + offsetMs) / WINDOW_MS);
      const count = (counts[index]?.get(window) ?? 0) + 1;
      counts[index]?.set(window, count);
      isRefused ||= count > rate;
    }
    if (isRefused) refusedCount += 1;
  }

  return {
    arrivalTimes,
    get refusedCount() {
      return refusedCount;
    },
    call(durationMs) {
      return new Promise((resolve) => {
        clock.runAfter(random() * durationMs, arrive);
        clock.runAfter(durationMs, resolve);
      });
    },
  };
}
