/**
 * Everything that must survive. Whoever reads or changes it does so in one transaction; after the commit of a change
 * the readers of the event log are woken. So a change and its event are stored together or not at all.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type Clock, timestamp } from '../util/clock.ts';
import { SettingsError } from '../util/errors.ts';
import { type AuditQueries, auditQueries } from './audit.ts';
import type { Backup } from './backup.ts';
import { type BatchQueries, batchQueries } from './batches.ts';
import { type EventQueries, eventQueries } from './events.ts';
import { type PendingVacuumQueries, pendingVacuumQueries } from './pending-vacuum.ts';
import { type PermitQueries, permitQueries } from './permits.ts';
import type { Tables } from './schema.ts';
import { type ListQueries, listQueries } from './session-lists.ts';
import { type SessionQueries, sessionQueries } from './sessions.ts';
import { openSqlite, type SqliteDatabase, startupError } from './sqlite.ts';
import { type SsoQueries, ssoQueries } from './sso.ts';
import { type HashQueries, hashQueries } from './tombstones.ts';
import { type TableName, TouchedTables } from './touched-tables.ts';
import { createTransactions, isSqliteError, isTransientError, mapDatabaseErrors } from './transactions.ts';
import { type WebhookQueries, webhookQueries } from './webhooks.ts';

export interface Queries {
  sessions: SessionQueries;
  lists: ListQueries;
  webhooks: WebhookQueries;
  events: EventQueries;
  audit: AuditQueries;
  hashes: HashQueries;
  pendingVacuum: PendingVacuumQueries;
  batches: BatchQueries;
  permits: PermitQueries;
  sso: SsoQueries;
}

export interface Store {
  /** Changes with the database: a cursor of another epoch cannot be resumed from. */
  readonly epoch: string;
  /** Secret of this database, for opaque values such as `viewer`. */
  readonly pepper: string;
  /**
   * Runs `change` in one transaction and answers once it is durable.
   * @throws Unavailable when the database does not take it; then nothing of it is stored.
   */
  write<T>(change: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Reads what is there at one moment.
   * @throws Unavailable when the database does not answer.
   */
  read<T>(look: (queries: Queries) => Promise<T>): Promise<T>;
  /** A keyed hash, of this database alone: for what has to be recognised and must not be read. */
  hash(text: string): string;
  /**
   * Takes every trace of what was deleted out of the database's files. Everybody else waits for it.
   * @throws Unavailable while something else, such as a backup, reads the database, or the disk is full: the rows are
   *   deleted all the same.
   */
  vacuum(): Promise<void>;
  /**
   * Copies everything as it is at one moment, while others read and write.
   * @throws Unavailable, Conflict where there is no file.
   */
  createBackup(): Promise<Backup>;
  /** Bytes that the database takes, and that are free beside it; undefined where there is no file. */
  readDiskUsage(): Promise<{ bytes: number; free: number } | undefined>;
  /** Calls `wake` after each commit that wrote one of the tables, by default any; the answer ends that. */
  onCommit(wake: () => void, tables?: readonly TableName[]): () => void;
  /**
   * Writes, where nothing was written lately.
   * @throws Unavailable when the database takes no writes.
   */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database, brings it to the newest schema and stamps it with its Evalon.
 * @param evalon what the stamp says: the base URL, or `sandbox`.
 * @throws SettingsError when the file is unusable, served by another process, or belongs to another Evalon; Unavailable
 *   when that may be over in a moment.
 */
export async function openStore(file: string, evalon: string, clock: Clock): Promise<Store> {
  const database = openSqlite(file);
  const { db, isSameGeneration: isContinued, startServing: serve, close } = database;
  try {
    await migrate(database);
    const meta = await stamp(db, file, evalon, isContinued);
    serve();
    return storeOf(database, meta, clock);
  } catch (error) {
    await close();
    if (!isSqliteError(error)) throw error;
    throw startupError(file, error, 'which does not take writes', 'let this user write it');
  }
}

function storeOf(
  { db, flush, vacuum: wipe, createBackup: copy, readDiskUsage: room, close }: SqliteDatabase,
  meta: Meta,
  clock: Clock,
): Store {
  const listeners = new Map<() => void, readonly TableName[] | undefined>();
  /** What must not happen at the same time: a copy would keep the traces that a wipe is to end. */
  let last: Promise<unknown> = Promise.resolve();
  function alone<T>(run: () => Promise<T>): Promise<T> {
    const mine = last.then(() => mapDatabaseErrors(run));
    last = mine.catch(() => {});
    return mine;
  }
  const now = () => timestamp(clock);
  const hash = (text: string) => createHmac('sha256', meta.pepper).update(text).digest('base64url').slice(0, 22);
  const queriesOn = (executor: Kysely<Tables>): Queries => ({
    sessions: sessionQueries(executor),
    lists: listQueries(executor),
    webhooks: webhookQueries(executor),
    events: eventQueries(executor, now),
    audit: auditQueries(executor, now),
    hashes: hashQueries(executor, now, hash),
    pendingVacuum: pendingVacuumQueries(executor, now),
    batches: batchQueries(executor, now),
    permits: permitQueries(executor),
    sso: ssoQueries(executor, now),
  });

  const { read, write, check } = createTransactions(db, flush, clock, async (transaction) => {
    const written_at = now();
    await transaction
      .insertInto('meta')
      .values({ key: 'written_at', value: written_at })
      .onConflict((conflict) => conflict.doUpdateSet({ value: written_at }))
      .execute();
  });

  return {
    ...meta,
    async write(change) {
      const written = new TouchedTables();
      const answer = await write((transaction) => change(queriesOn(transaction.withPlugin(written))));
      for (const [wake, tables] of listeners) {
        if (!tables || tables.some((table) => written.tables.has(table))) wake();
      }
      return answer;
    },
    read: (look) => read((transaction) => look(queriesOn(transaction))),
    hash,
    vacuum: () =>
      alone(() =>
        db.connection().execute(async (connection) => {
          await wipe();
          await queriesOn(connection).pendingVacuum.clear();
        }),
      ),
    createBackup: () => alone(copy),
    readDiskUsage: room,
    onCommit(wake, tables) {
      listeners.set(wake, tables);
      return () => listeners.delete(wake);
    },
    checkWritable: check,
    close,
  };
}

async function migrate({ db, migrations }: SqliteDatabase): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (isTransientError(error)) throw error;
  if (error) {
    throw new SettingsError([
      `DATABASE_URL names a database that this release cannot bring up to date (${(error as Error).message}): it may have been written by a newer release`,
    ]);
  }
}

interface Meta {
  epoch: string;
  pepper: string;
}

/** A cursor may be of a time that a copy knows nothing of: whoever starts from one begins a new epoch. */
async function stamp(db: Kysely<Tables>, file: string, evalon: string, isContinued: boolean): Promise<Meta> {
  const fresh = { evalon, epoch: randomBytes(6).toString('hex'), pepper: randomBytes(32).toString('hex') };
  await db
    .insertInto('meta')
    .values(Object.entries(fresh).map(([key, value]) => ({ key, value })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const rows = await db.selectFrom('meta').selectAll().execute();
  const held = Object.fromEntries(rows.map(({ key, value }) => [key, value])) as typeof fresh;
  if (held.evalon !== evalon) {
    throw new SettingsError([
      `DATABASE_URL names ${file}, which belongs to ${held.evalon}, not to ${evalon}: give each Evalon a database of its own`,
    ]);
  }
  if (isContinued) return { epoch: held.epoch, pepper: held.pepper };
  await db.updateTable('meta').set({ value: fresh.epoch }).where('key', '=', 'epoch').execute();
  return { epoch: fresh.epoch, pepper: held.pepper };
}
