/**
 * Transactions one after the other, and what keeps one from happening as one fact: nothing was stored. Somebody else's
 * lock is waited for without standing still; whether writes are taken is known without writing much.
 */
import type { Kysely } from 'kysely';
import type { Clock } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { Flush } from './fsync.ts';
import type { Tables } from './schema.ts';

type Run<T> = (transaction: Kysely<Tables>) => Promise<T>;

/** How often somebody else's lock is met before it is told of, and milliseconds between: everybody goes on meanwhile. */
const TRIES = 40;
const PAUSE = 25;
/** Milliseconds that a write proves that writes are taken. */
const PROOF = 5_000;

/** @param prove writes a little: a lock alone proves nothing, one can be had on a full disk. */
export function createTransactions(db: Kysely<Tables>, flush: Pick<Flush, 'durable'>, clock: Clock, prove: Run<void>) {
  let provenUntil = 0;
  let proving: Promise<void> | undefined;

  /** One that has not begun, because somebody else writes, begins again. */
  async function run<T>(accessMode: 'read only' | 'read write', work: Run<T>): Promise<T> {
    let begun = false;
    for (let tries = 1; ; tries++) {
      try {
        const transaction = db.transaction().setAccessMode(accessMode);
        const answer = await transaction.execute((queries) => {
          begun = true;
          return work(queries);
        });
        await flush.durable();
        return answer;
      } catch (error) {
        if (begun || !/^SQLITE_BUSY/.test(codeOf(error)) || tries >= TRIES) throw error;
        await new Promise<void>((resolve) => clock.runAfter(PAUSE, resolve));
      }
    }
  }

  async function write<T>(work: Run<T>): Promise<T> {
    try {
      const answer = await run('read write', work);
      provenUntil = clock.now() + PROOF;
      return answer;
    } catch (error) {
      if (isSqliteError(error)) provenUntil = 0;
      throw error;
    }
  }

  return {
    read: <T>(work: Run<T>): Promise<T> => mapDatabaseErrors(() => run('read only', work)),
    write: <T>(work: Run<T>): Promise<T> => mapDatabaseErrors(() => write(work)),

    /** @throws Unavailable where writes are not taken. */
    async check(): Promise<void> {
      if (clock.now() < provenUntil) return;
      proving ??= mapDatabaseErrors(() => write(prove)).finally(() => {
        proving = undefined;
      });
      await proving;
    },
  };
}

/** @throws Unavailable where SQLite is full, locked, broken or gone. */
export async function mapDatabaseErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    throw new Unavailable('The proxy could not reach its database. Nothing was changed; try again in a moment.', {
      cause: error,
      retryAfter: 5,
    });
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code);
}

export function isSqliteError(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_');
}

/** Whether it is the machine that refuses for now, and no setting is at fault: no room, or somebody holds the file. */
export function isTransientError(error: unknown): boolean {
  return /^SQLITE_(FULL|BUSY|IOERR)/.test(codeOf(error));
}
