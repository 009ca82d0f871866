/**
 * The clock of stored due times, leases and the rate limit. It runs evenly: if the machine's wall clock jumps by hours,
 * nothing becomes due too early or too late. The due clock begins with the wall clock's time, and then follows the
 * monotonic clock. After a jump or a suspension, the due clock differs from the wall clock. So the UI shows no due
 * time.
 */
import type { Kysely } from 'kysely';
import type { Clock } from '../util/clock.ts';
import type { Tables } from './schema.ts';

/** Implemented below for SQLite. With PostgreSQL, the due clock is the database server's clock (server-clock.ts). */
export interface DueClock {
  /** Milliseconds. */
  now(): number;
  /** Returns the stored form of the time `ms` milliseconds from now. */
  dueAt(ms?: number): string;
  /** Milliseconds until a stored time; negative if it has passed. */
  msUntil(dueAt: string): number;
}

export interface StoredDueClock extends DueClock {
  /** Whether the last save is older than the interval between saves. */
  needsSave(): boolean;
  /** Saves the time for the next process. Returns a function to call after the commit. */
  save(db: Kysely<Tables>): Promise<() => void>;
}

/** The three clocks at one moment. */
interface Reading {
  due: number;
  wall: number;
  monotonic: number;
  bootId: string | undefined;
}

const KEY = 'due_clock';
/**
 * A key in `meta` of a PostgreSQL database that was copied from SQLite. The value is the number of milliseconds by
 * which the due clock is ahead of the database server's clock.
 */
export const DUE_CLOCK_AHEAD = 'due_clock_ahead_ms';
/**
 * Minimum time between two saves. The proxy saves the time together with other writes, so the saved time is never much
 * older than the newest scheduled work.
 */
const SAVE_INTERVAL_MS = 10_000;

/** Continues the previous process's clock. */
export async function openDueClock(db: Kysely<Tables>, clock: Clock): Promise<StoredDueClock> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst();
  const startedAt = clock.monotonic();
  const due = row ? continueFrom(JSON.parse(row.value) as Reading, clock) : clock.now();
  let savedAt = Number.NEGATIVE_INFINITY;

  const now = () => due + clock.monotonic() - startedAt;
  return {
    now,
    dueAt: (ms = 0) => new Date(now() + ms).toISOString(),
    msUntil: (dueAt) => Date.parse(dueAt) - now(),
    needsSave: () => clock.monotonic() - savedAt >= SAVE_INTERVAL_MS,
    async save(db) {
      const { bootId } = clock;
      const reading: Reading = { due: now(), wall: clock.now(), monotonic: clock.monotonic(), bootId };
      const value = JSON.stringify(reading);
      await db
        .insertInto('meta')
        .values({ key: KEY, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
      return () => {
        savedAt = reading.monotonic;
      };
    },
  };
}

/**
 * If the machine has not restarted, its monotonic clock shows how long the proxy was down. After a restart, the wall
 * clock shows the downtime. If the wall clock went back, the downtime counts as zero.
 */
function continueFrom(last: Reading, clock: Clock): number {
  const elapsed = clock.monotonic() - last.monotonic;
  const isSameBoot = clock.bootId !== undefined && clock.bootId === last.bootId && elapsed >= 0;
  return last.due + (isSameBoot ? elapsed : Math.max(clock.now() - last.wall, 0));
}
