/**
 * Throttles repeated messages: emits the first ones of a minute, counts the others, and reports the count when the
 * minute ends.
 */
import type { Clock } from './clock.ts';

export interface Throttle {
  /**
   * Returns whether to emit a message now. If not, counts the message. At the end of the minute, calls the
   * `onSuppressed` of the key's first message in that minute. If there are too many keys, returns false and counts
   * nothing.
   */
  allow(key: string, onSuppressed: OnSuppressed): boolean;
  /** Adds to the count of a key, for example a count that could not be reported. Starts a minute if none is running. */
  addSuppressed(key: string, count: number, onSuppressed: OnSuppressed): void;
  /** Reports all counts now. */
  close(): Promise<void>;
}

/** Must not throw or reject. */
type OnSuppressed = (suppressedCount: number) => Promise<void> | void;

interface ThrottleWindow {
  emitted: number;
  suppressed: number;
  onSuppressed: OnSuppressed;
  cancelTimer: () => void;
}

export interface ThrottleOptions {
  clock: Clock;
  /** Messages per key and minute. */
  limit: number;
  /** Maximum number of keys in a minute. Messages of other keys are dropped and not counted. */
  maxKeys: number;
}

const WINDOW_MS = 60_000;

export function createThrottle({ clock, limit, maxKeys }: ThrottleOptions): Throttle {
  const windows = new Map<string, ThrottleWindow>();

  async function closeWindow(key: string): Promise<void> {
    const window = windows.get(key);
    windows.delete(key);
    window?.cancelTimer();
    if (window?.suppressed) await window.onSuppressed(window.suppressed);
  }

  function getOrOpenWindow(key: string, onSuppressed: OnSuppressed): ThrottleWindow | undefined {
    const existing = windows.get(key);
    if (existing) return existing;
    if (windows.size >= maxKeys) return undefined;
    const cancelTimer = clock.runAfter(WINDOW_MS, () => void closeWindow(key));
    const window = { emitted: 0, suppressed: 0, onSuppressed, cancelTimer };
    windows.set(key, window);
    return window;
  }

  return {
    allow(key, onSuppressed) {
      const window = getOrOpenWindow(key, onSuppressed);
      if (!window) return false;
      if (window.emitted < limit) {
        window.emitted += 1;
        return true;
      }
      window.suppressed += 1;
      return false;
    },
    addSuppressed(key, count, onSuppressed) {
      const window = getOrOpenWindow(key, onSuppressed);
      if (window) window.suppressed += count;
    },
    async close() {
      await Promise.all([...windows.keys()].map(closeWindow));
    },
  };
}
