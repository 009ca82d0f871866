/** The same thing over and over: told so many times a minute as it happens, the rest as a number at the minute's end. */
import type { Clock } from './clock.ts';

export interface Throttle {
  /** Whether it is to be told now. If not it is counted, and `tellMore` is called at the minute's end. */
  allow(kind: string, tellMore: OnSuppressed): boolean;
  /** It could not be told: it is counted, for a minute that begins now where none is under way. */
  carryOver(kind: string, times: number, tellMore: OnSuppressed): void;
  /** Tells what is counted. */
  close(): Promise<void>;
}

/** @param more how often it happened untold. */
type OnSuppressed = (more: number) => Promise<void> | void;

interface ThrottleWindow {
  emitted: number;
  suppressed: number;
  onSuppressed: OnSuppressed;
  cancel: () => void;
}

const MINUTE_MS = 60_000;

/** @param kinds that are counted apart in a minute; what comes beyond is told nowhere. */
export function createThrottle({
  clock,
  limit: told,
  maxKeys: kinds,
}: {
  clock: Clock;
  limit: number;
  maxKeys: number;
}): Throttle {
  const all = new Map<string, ThrottleWindow>();

  async function end(kind: string): Promise<void> {
    const counted = all.get(kind);
    all.delete(kind);
    counted?.cancel();
    if (counted?.suppressed) await counted.onSuppressed(counted.suppressed);
  }

  function countedAs(kind: string, tellMore: OnSuppressed): ThrottleWindow | undefined {
    const known = all.get(kind);
    if (known) return known;
    if (all.size >= kinds) return undefined;
    const counted = {
      emitted: 0,
      suppressed: 0,
      onSuppressed: tellMore,
      cancel: clock.runAfter(MINUTE_MS, () => void end(kind)),
    };
    all.set(kind, counted);
    return counted;
  }

  return {
    allow(kind, tellMore) {
      const counted = countedAs(kind, tellMore);
      if (!counted) return false;
      if (counted.emitted < told) {
        counted.emitted += 1;
        return true;
      }
      counted.suppressed += 1;
      return false;
    },
    carryOver(kind, times, tellMore) {
      const counted = countedAs(kind, tellMore);
      if (counted) counted.suppressed += times;
    },
    async close() {
      await Promise.all([...all.keys()].map(end));
    },
  };
}
