/** The database of tests: SQLite, or with `TEST_DATABASE=postgres` a database of its own on a shared PostgreSQL. */
import pg from 'pg';
import { isPostgresUrl } from '../../proxy/config/database-url.ts';
import { openStore as open, type Store } from '../../proxy/store/store.ts';
import type { Clock } from '../../proxy/util/clock.ts';
import { createPostgresDatabase } from './postgres.ts';

export const usesPostgres = process.env['TEST_DATABASE'] === 'postgres';

/** For `it(…, { skip })`: tests of what only SQLite has, such as its file. */
export const SQLITE_ONLY = usesPostgres && 'about SQLite';

/** The addresses of the databases that stand for the files of tests. */
const urls = new Map<string, Promise<string>>();

/**
 * Returns the database that stands for a file. Each database in memory is a new one.
 * @param database a path, `:memory:` or an address
 */
export async function toTestDatabase(database: string): Promise<string> {
  if (!usesPostgres || isPostgresUrl(database)) return database;
  if (database === ':memory:') return (await createPostgresDatabase()).url;
  const url = urls.get(database) ?? createPostgresDatabase().then((created) => created.url);
  urls.set(database, url);
  return url;
}

/** Opens the store of a file, in the database that stands for it. */
export async function openStore(file: string, evalon: string, clock: Clock): Promise<Store> {
  return open(await toTestDatabase(file), evalon, clock);
}

let queriesInProgress = 0;

/** Whether a query of this process waits for PostgreSQL. */
export const isDatabaseBusy = (): boolean => queriesInProgress > 0;

if (usesPostgres) countQueries();

function countQueries(): void {
  for (const [prototype, method] of [
    [pg.Client.prototype, 'query'],
    [pg.Client.prototype, 'connect'],
    [pg.Pool.prototype, 'connect'],
  ] as const) {
    const original = prototype[method] as (...args: unknown[]) => unknown;
    Object.assign(prototype, {
      [method](this: unknown, ...args: unknown[]) {
        const result = original.apply(this, args);
        if (result instanceof Promise) {
          queriesInProgress += 1;
          result.finally(() => (queriesInProgress -= 1)).catch(() => {});
        }
        return result;
      },
    });
  }
}
