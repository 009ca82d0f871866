/**
 * Copies an SQLite database into an empty PostgreSQL database. One transaction creates the tables, copies all rows and
 * compares the rows. So a failed copy leaves the PostgreSQL database empty.
 */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Clock } from '../util/clock.ts';
import { SettingsError } from '../util/errors.ts';
import type { Database } from './database.ts';
import { DUE_CLOCK_AHEAD } from './due-clock.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './postgres.ts';
import { WRITE_LOCK } from './postgres-dialect.ts';
import { PostgresError } from './postgres-errors.ts';
import { createPool, describeUrl, replaceNul } from './postgres-pool.ts';
import type { Tables } from './schema.ts';
import { openSqlite } from './sqlite.ts';

/** Rows in one statement. The longest rows have about 100 KB. */
const PAGE_ROWS = 1_000;
/** The longest statement builds an index. */
const STATEMENT_TIMEOUT_MS = 10 * 60_000;
const RESPONSE_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 60_000;
const SET_TIMEOUTS = `set local statement_timeout = ${STATEMENT_TIMEOUT_MS};
  set local lock_timeout = '5s';
  set local idle_in_transaction_session_timeout = '1min'`;

/** Tables by any name: the copy reads the names of the tables and columns from the databases. */
type AnyTables = Record<string, Record<string, unknown>>;

export interface CopyOptions {
  /** The path of the SQLite file. */
  file: string;
  /** The URL of the PostgreSQL database. */
  url: string;
  clock: Clock;
  /** Called after each table. */
  onTable(table: string, rows: number): void;
}

/**
 * Copies the database, and returns the name of the PostgreSQL database. Holds the lock of the SQLite file, so that no
 * proxy can serve the file in the meantime.
 * @throws SettingsError if the file is missing, in use, or of another release, or if the PostgreSQL database is not
 * empty
 */
export async function copyToPostgres({ file, url, clock, onTable }: CopyOptions): Promise<string> {
  const targetName = describeUrl(url);
  if (!existsSync(file)) {
    throw new SettingsError([`DATABASE_URL names ${file}, which does not exist: name the SQLite file to copy`]);
  }
  const source = openSqlite(file, clock);
  const target = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPool(url, RESPONSE_TIMEOUT_MS) }) });
  try {
    await assertSameRelease(source.db, file);
    await target.transaction().execute(async (transaction) => {
      await sql.raw(SET_TIMEOUTS).execute(transaction);
      await sql`select pg_advisory_xact_lock(${sql.lit(WRITE_LOCK)})`.execute(transaction);
      await assertEmpty(transaction, targetName);
      await createAndCopyTables(source, transaction, onTable);
    });
    return targetName;
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    throw new Error(
      `The copy to ${targetName} failed and was undone (${error.message}). Correct the cause, then try again.`,
      { cause: error },
    );
  } finally {
    await target.destroy();
    await source.close();
  }
}

/** @throws SettingsError if the file's migrations differ from this release's. */
async function assertSameRelease(db: Kysely<Tables>, file: string): Promise<void> {
  const tables = await listTables(db);
  const applied = tables.includes('kysely_migration')
    ? (await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)).rows
    : [];
  if (String(applied.map(({ name }) => name)) === String(Object.keys(MIGRATIONS))) return;
  throw new SettingsError([
    `DATABASE_URL names ${file}, which is not a database of this release: start the proxy of this release with it once, and stop it`,
  ]);
}

/** @throws SettingsError if the schema has a table or a view. */
async function assertEmpty(db: Kysely<Tables>, name: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') limit 1`.execute(db);
  if (!rows[0]) return;
  throw new SettingsError([`The database ${name} already has the table ${rows[0].name}: name an empty database`]);
}

async function createAndCopyTables(
  source: Database,
  target: Kysely<Tables>,
  onTable: CopyOptions['onTable'],
): Promise<void> {
  await migrate({ db: target, migrations: MIGRATIONS });
  // The migrations have inserted rows into `meta`. The SQLite file has the same rows.
  await target.deleteFrom('meta').execute();
  const restoreIndexes = await dropIndexes(target);
  const anyTable = target as unknown as Kysely<AnyTables>;
  for (const table of await listTables(source.db)) {
    if (table.startsWith('kysely_')) continue;
    const expected = await copyRows(source.db as unknown as Kysely<AnyTables>, anyTable, table);
    const copied = await readChecksum(anyTable, table);
    if (String(expected) !== String(copied)) {
      throw new Error(`The copy of the table ${table} differs from the original. Nothing was copied.`);
    }
    onTable(table, expected.rows);
  }
  await restoreIndexes();
  await continueSequences(source.db, target);
  await continueDueClock(source, target);
  await sql`analyze`.execute(target);
}

async function listTables(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master
    where type = 'table' and name not like 'sqlite_%' order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Drops the indexes, because an index is built faster after the rows. Returns a function that builds them again. */
async function dropIndexes(db: Kysely<Tables>): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = current_schema()::regnamespace
      and not exists (select from pg_constraint where conindid = indexrelid)`.execute(db);
  for (const { name } of rows) await sql.raw(`drop index ${name}`).execute(db);
  return async () => {
    for (const { definition } of rows) await sql.raw(definition).execute(db);
  };
}

/** Returns the checksum of the copied rows. */
async function copyRows(source: Kysely<AnyTables>, target: Kysely<AnyTables>, table: string): Promise<Checksum> {
  const checksum = new Checksum();
  let page: string[] = [];
  const insertPage = async () => {
    const { ref } = sql;
    const rows = `[${page}]`;
    await sql`insert into ${ref(table)} select * from json_populate_recordset(null::${ref(table)}, ${rows})`.execute(
      target,
    );
    page = [];
  };
  for await (const row of source.selectFrom(table).selectAll().stream()) {
    const text = toText(row);
    checksum.add(text);
    page.push(text);
    if (page.length === PAGE_ROWS) await insertPage();
  }
  await insertPage();
  return checksum;
}

/** Returns the row as JSON that PostgreSQL can store. */
function toText(row: Record<string, unknown>): string {
  const text = JSON.stringify(row);
  return text.includes('\\u0000') ? JSON.stringify(row, (_, value) => replaceNul(value)) : text;
}

async function readChecksum(db: Kysely<AnyTables>, table: string): Promise<Checksum> {
  const checksum = new Checksum();
  await sql`declare copied no scroll cursor for select * from ${sql.ref(table)}`.execute(db);
  for (let count = PAGE_ROWS; count === PAGE_ROWS; ) {
    const { rows } = await sql`fetch ${sql.lit(PAGE_ROWS)} from copied`.execute(db);
    for (const row of rows) checksum.add(JSON.stringify(row));
    count = rows.length;
  }
  await sql`close copied`.execute(db);
  return checksum;
}

/** The number of rows, and the sum of the rows' hashes. The order of the rows does not matter. */
class Checksum {
  rows = 0;
  #sum = 0n;

  add(row: string): void {
    this.rows += 1;
    this.#sum = BigInt.asUintN(64, this.#sum + hash('sha256', row, 'buffer').readBigUInt64LE());
  }

  toString(): string {
    return `${this.rows} ${this.#sum}`;
  }
}

/** Continues the ids after the highest one that SQLite has used, even if its row was deleted. */
async function continueSequences(source: Kysely<Tables>, target: Kysely<Tables>): Promise<void> {
  const used = await sql<{ name: string; seq: number }>`select name, seq from sqlite_sequence`.execute(source);
  const sequences = new Map(used.rows.map(({ name, seq }) => [name, seq]));
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(target);
  for (const { table, column } of rows) {
    const last = sequences.get(table);
    if (last) await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${last})`.execute(target);
  }
}

/** Lets the due clock continue, so that nothing becomes due too early or too late. */
async function continueDueClock(source: Database, target: Kysely<Tables>): Promise<void> {
  const dueClock = await source.openDueClock();
  const { rows } = await sql<{ now: number }>`
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(target);
  const value = String(Math.round(dueClock.now() - Number(rows[0]?.now)));
  await target.insertInto('meta').values({ key: DUE_CLOCK_AHEAD, value }).execute();
}
