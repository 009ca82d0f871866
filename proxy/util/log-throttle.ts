/** The same thing over and over: told so many times a minute as it happens, the rest as a number at the minute's end. */
import type { Clock } from './clock.ts';

export interface Repeats {
  /** Whether it is to be told now. If not it is counted, and `tellMore` is called at the minute's end. */
  admits(kind: string, tellMore: TellMore): boolean;
  /** It could not be told: it is counted, for a minute that begins now where none is under way. */
  owe(kind: string, times: number, tellMore: TellMore): void;
  /** Tells what is counted. */
  close(): Promise<void>;
}

/** @param more how often it happened untold. */
type TellMore = (more: number) => Promise<void> | void;

interface Counted {
  told: number;
  more: number;
  tellMore: TellMore;
  cancel: () => void;
}

const MINUTE = 60_000;

/** @param kinds that are counted apart in a minute; what comes beyond is told nowhere. */
export function createRepeats({ clock, told, kinds }: { clock: Clock; told: number; kinds: number }): Repeats {
  const all = new Map<string, Counted>();

  async function end(kind: string): Promise<void> {
    const counted = all.get(kind);
    all.delete(kind);
    counted?.cancel();
    if (counted?.more) await counted.tellMore(counted.more);
  }

  function countedAs(kind: string, tellMore: TellMore): Counted | undefined {
    const known = all.get(kind);
    if (known) return known;
    if (all.size >= kinds) return undefined;
    const counted = { told: 0, more: 0, tellMore, cancel: clock.after(MINUTE, () => void end(kind)) };
    all.set(kind, counted);
    return counted;
  }

  return {
    admits(kind, tellMore) {
      const counted = countedAs(kind, tellMore);
      if (!counted) return false;
      if (counted.told < told) {
        counted.told += 1;
        return true;
      }
      counted.more += 1;
      return false;
    },
    owe(kind, times, tellMore) {
      const counted = countedAs(kind, tellMore);
      if (counted) counted.more += times;
    },
    async close() {
      await Promise.all([...all.keys()].map(end));
    },
  };
}
