/** An Evalon that only counts: by fixed windows at several offsets and by a sliding one, all at once, all strict. */
import type { Clock } from '../../proxy/util/clock.ts';

const MINUTE = 60_000;
const OFFSETS = [0, 1, 7_000, 19_500, 30_000, 44_444, 59_999];

export interface RateOracle {
  /** When each call reached Evalon, in order. */
  readonly arrivalTimes: readonly number[];
  /** Calls that one of the windows would have answered with 429. */
  readonly refusedCount: number;
  /** Answers after `duration` milliseconds; the call is counted at some moment of that. */
  call(duration: number): Promise<void>;
}

export function createRateOracle(clock: Clock, rate: number, random: () => number): RateOracle {
  const arrivals: number[] = [];
  const counts = OFFSETS.map(() => new Map<number, number>());
  let refused = 0;

  function arrive(): void {
    const now = clock.now();
    arrivals.push(now);
    const before = arrivals[arrivals.length - 1 - rate];
    let tooMany = before !== undefined && before > now - MINUTE;
    for (const [index, offset] of OFFSETS.entries()) {
      const window = Math.floor((now + offset) / MINUTE);
      const count = (counts[index]?.get(window) ?? 0) + 1;
      counts[index]?.set(window, count);
      tooMany ||= count > rate;
    }
    if (tooMany) refused += 1;
  }

  return {
    arrivalTimes: arrivals,
    get refusedCount() {
      return refused;
    },
    call(duration) {
      return new Promise((resolve) => {
        clock.runAfter(random() * duration, arrive);
        clock.runAfter(duration, resolve);
      });
    },
  };
}
