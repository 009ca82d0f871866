/** An Evalon that only counts: by fixed windows at several offsets and by a sliding one, all at once, all strict. */
import type { Clock } from '../../proxy/util/clock.ts';

const MINUTE = 60_000;
const OFFSETS = [0, 1, 7_000, 19_500, 30_000, 44_444, 59_999];

export interface Windows {
  /** When each call reached Evalon, in order. */
  readonly arrivals: readonly number[];
  /** Calls that one of the windows would have answered with 429. */
  readonly refused: number;
  /** Answers after `duration` milliseconds; the call is counted at some moment of that. */
  call(duration: number): Promise<void>;
}

export function createWindows(clock: Clock, rate: number, random: () => number): Windows {
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
    arrivals,
    get refused() {
      return refused;
    },
    call(duration) {
      return new Promise((resolve) => {
        clock.after(random() * duration, arrive);
        clock.after(duration, resolve);
      });
    },
  };
}
