/** The due clock of a database that several nodes share: the database server's clock, which each transaction reads. */
import type { Clock } from '../util/clock.ts';
import type { StoredDueClock } from './due-clock.ts';

export interface ServerClock extends StoredDueClock {
  /** @param serverNow the server's time in milliseconds, which a query has just returned. */
  observe(serverNow: number): void;
}

export function createServerClock(clock: Clock): ServerClock {
  let aheadMs = 0;

  const now = () => clock.monotonic() + aheadMs;
  return {
    observe(serverNow) {
      aheadMs = clock.toSharedTime(serverNow) - clock.monotonic();
    },
    now,
    dueAt: (ms = 0) => new Date(now() + ms).toISOString(),
    msUntil: (dueAt) => Date.parse(dueAt) - now(),
    // The server keeps the time.
    needsSave: () => false,
    save: async () => () => {},
  };
}
