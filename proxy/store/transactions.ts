/** Runs transactions. Retries asynchronously if one cannot begin yet, and maps the database's errors. */
import type { Kysely } from 'kysely';
import type { Clock } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { AccessMode, Database } from './database.ts';
import { canBeginLater, isDatabaseError } from './database-errors.ts';
import type { Tables } from './schema.ts';

type Work<T> = (transaction: Kysely<Tables>) => Promise<T>;

const MAX_BEGIN_ATTEMPTS = 40;
const BEGIN_RETRY_MS = 25;
/** For this long after a successful write, the database counts as writable. */
const WRITABLE_PROOF_MS = 5_000;

export interface Transactions {
  read<T>(work: Work<T>): Promise<T>;
  write<T>(work: Work<T>): Promise<T>;
  /** @throws Unavailable if the database is not writable */
  checkWritable(): Promise<void>;
}

/**
 * @param probe writes a row, to check that the database is writable. A lock proves nothing, because a process can
 * acquire it on a full disk.
 */
export function createTransactions(database: Database, clock: Clock, probe: Work<void>): Transactions {
  let writableUntil = 0;
  let runningProbe: Promise<void> | undefined;

  async function run<T>(accessMode: AccessMode, work: Work<T>): Promise<T> {
    let hasBegun = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await database.transaction(accessMode, (transaction) => {
          hasBegun = true;
          return work(transaction);
        });
      } catch (error) {
        if (hasBegun || !canBeginLater(error) || attempt === MAX_BEGIN_ATTEMPTS) throw error;
        await new Promise<void>((resolve) => clock.runAfter(BEGIN_RETRY_MS, resolve));
      }
    }
  }

  async function write<T>(work: Work<T>): Promise<T> {
    try {
      const result = await run('read write', work);
      writableUntil = clock.monotonic() + WRITABLE_PROOF_MS;
      return result;
    } catch (error) {
      if (isDatabaseError(error)) writableUntil = 0;
      throw error;
    }
  }

  return {
    read: (work) => mapDatabaseErrors(() => run('read only', work)),
    write: (work) => mapDatabaseErrors(() => write(work)),
    async checkWritable() {
      if (clock.monotonic() < writableUntil) return;
      runningProbe ??= mapDatabaseErrors(() => write(probe)).finally(() => {
        runningProbe = undefined;
      });
      await runningProbe;
    },
  };
}

/** Throws Unavailable if `run` throws a database error. */
export async function mapDatabaseErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isDatabaseError(error)) throw error;
    throw new Unavailable('The proxy could not reach its database. Nothing was changed. Try again in a moment.', {
      cause: error,
      retryAfterSeconds: 5,
    });
  }
}
