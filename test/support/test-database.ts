/**
 * The database of tests: SQLite, or with `TEST_DATABASE=postgres` a separate database on a shared PostgreSQL server.
 */
import pg from 'pg';
import { isPostgresUrl } from '../../proxy/config/database-url.ts';
import { openStore as open, type Store } from '../../proxy/store/store.ts';
import type { Clock } from '../../proxy/util/clock.ts';
import { createPostgresDatabase } from './postgres.ts';

export const usesPostgres = process.env['TEST_DATABASE'] === 'postgres';

/** For `it(…, { skip })`: skips tests of SQLite's own features, such as its file, on PostgreSQL. */
export const SQLITE_ONLY = usesPostgres && 'tests a SQLite feature';
/** For tests of the plans that SQLite makes for an empty database. PostgreSQL plans by the size of the tables. */
export const SQLITE_PLANS_ONLY = usesPostgres && 'tests query plans of SQLite';

/** On PostgreSQL: the URLs of the databases that replace SQLite files, by path. */
const urls = new Map<string, Promise<string>>();

/**
 * On PostgreSQL, returns the URL of the database that replaces a SQLite file, or of a new database for `:memory:`. On
 * SQLite, returns `database`.
 * @param database a path, `:memory:` or a URL
 */
export async function toTestDatabase(database: string): Promise<string> {
  if (!usesPostgres || isPostgresUrl(database)) return database;
  if (database === ':memory:') return (await createPostgresDatabase()).url;
  const url = urls.get(database) ?? createPostgresDatabase().then((created) => created.url);
  urls.set(database, url);
  return url;
}

/** Returns the value of `DATABASE_URL` for a proxy in a child process: a file, or the database that replaces it. */
export async function toDatabaseUrl(file: string): Promise<string> {
  const database = await toTestDatabase(file);
  return isPostgresUrl(database) ? database : `file:${database}`;
}

/**
 * Opens the store of a file, or of the database that replaces the file.
 * @param evalon the base URL of Evalon, or `sandbox`
 */
export async function openStore(file: string, evalon: string, clock: Clock): Promise<Store> {
  return open(await toTestDatabase(file), evalon, clock);
}

let queriesInProgress = 0;

/** Whether a query of this process waits for PostgreSQL. */
export const isDatabaseBusy = (): boolean => queriesInProgress > 0;

if (usesPostgres) countQueries();

/** From now on, counts the queries in progress for `isDatabaseBusy`. A test clock waits until there are none. */
export function countQueries(): void {
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
