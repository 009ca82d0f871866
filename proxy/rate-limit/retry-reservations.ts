/** When refused clicks were told to come again, so that their slots are not told, or given, to others as well. */

export interface Promises {
  /** All that are still to be kept. */
  made(now: number): number;
  /** Those who can be expected about now. */
  due(now: number): number;
  make(at: number): void;
  /** Somebody came, who may be the one. */
  keep(now: number): void;
}

/** Milliseconds around its time in which somebody is expected back. */
const ABOUT = 10_000;

export function createPromises(): Promises {
  let promises: number[] = [];

  function live(now: number): number[] {
    if (promises.length) promises = promises.filter((at) => at > now - ABOUT);
    return promises;
  }

  return {
    made: (now) => live(now).length,
    due: (now) => live(now).filter((at) => at < now + ABOUT).length,
    make: (at) => promises.push(at),
    keep(now) {
      const index = promises.findIndex((at) => at <= now);
      if (index >= 0) promises.splice(index, 1);
    },
  };
}
