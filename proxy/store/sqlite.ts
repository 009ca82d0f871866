/**
 * The embedded database: one file, one serving process. A commit is on disk before it is answered: SQLite writes it to
 * the write-ahead log, which is flushed here, beside the event loop. A copy that was put in the place of the file is
 * known as one.
 */
import { randomInt } from 'node:crypto';
import { closeSync, existsSync, fdatasync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { Conflict, SettingsError, Unavailable } from '../util/errors.ts';
import { type Backup, copyDatabase, removeStaleCopies } from './backup.ts';
import { Dialect } from './dialect.ts';
import { readDiskUsage } from './disk-usage.ts';
import { createFlush, type Flush } from './fsync.ts';
import { createMigrations } from './migrations/migrations.ts';
import type { Tables } from './schema.ts';
import { cacheStatements } from './statements.ts';
import { isTransientError } from './transactions.ts';
import { vacuumFile } from './vacuum.ts';

/** Milliseconds that a start, or a look at a file, waits for somebody who holds it; the process stands still meanwhile. */
const LOCK_WAIT = 2_000;
/** Pages of the write-ahead log, 4 KiB each, that are brought into the file in one go: with fewer, a burst waits for the disk. */
const CHECKPOINT = 2_000;

const MIGRATIONS = createMigrations({ autoIncrement: 'integer primary key autoincrement' });

export interface SqliteDatabase {
  db: Kysely<Tables>;
  migrations: Record<string, Migration>;
  flush: Pick<Flush, 'durable'>;
  /** Whether it is the file as the last process here has left it, however it ended; if not it is new, or a copy. */
  isSameGeneration: boolean;
  /**
   * From now on this file is the one that is served, and nothing stands still: whoever meets a lock is told `SQLITE_BUSY`
   * at once.
   */
  startServing(): void;
  /** Takes every trace of deleted rows out of the files; nobody may use `db` meanwhile. */
  vacuum(): Promise<void>;
  /** Copies everything; neither the file nor a copy may be wiped meanwhile. */
  createBackup(): Promise<Backup>;
  /** Bytes that it takes, and that are free beside it; undefined where there is no file. */
  readDiskUsage(): Promise<{ bytes: number; free: number } | undefined>;
  close(): Promise<void>;
}

/**
 * Opens `file`, making it and its folder where missing; `:memory:` keeps nothing.
 * @throws SettingsError when the file cannot be opened or another process is serving it; Unavailable when that may be
 *   over in a moment.
 */
export function openSqlite(file: string): SqliteDatabase {
  const lock = file === ':memory:' ? undefined : holdAlone(file);
  try {
    const connection = new Database(file, { timeout: LOCK_WAIT });
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('secure_delete = ON');
    // Many rows in one statement are noted for its undoing: in a file, that would cost more than storing them.
    connection.pragma('temp_store = MEMORY');
    connection.pragma(`wal_autocheckpoint = ${CHECKPOINT}`);
    /** Of the write-ahead log, which is there as long as the connection. */
    let log: number | undefined;
    const flush = createFlush(async () => {
      if (log !== undefined) await promisify(fdatasync)(log);
    }, endProcess);
    const db = new Kysely<Tables>({
      dialect: new Dialect({
        get inTransaction() {
          return connection.inTransaction;
        },
        prepare: cacheStatements((sql) => connection.prepare(sql)),
        committed: flush.committed,
        close: () => void connection.close(),
      }),
    });
    return {
      db,
      migrations: MIGRATIONS,
      flush,
      isSameGeneration:
        lock !== undefined && readGeneration(connection) !== 0 && readGeneration(connection) === readGeneration(lock),
      startServing() {
        const mark = randomInt(1, 2 ** 31);
        connection.pragma(`user_version = ${mark}`);
        lock?.exec(`PRAGMA user_version = ${mark}; COMMIT`);
        connection.pragma('busy_timeout = 0');
        if (!lock) return;
        log = openSync(`${realpathSync(file)}-wal`, 'r+');
        connection.pragma('synchronous = NORMAL');
      },
      vacuum: async () => (file === ':memory:' ? undefined : vacuumFile(file)),
      async createBackup() {
        if (!lock) throw new Conflict('DATABASE_URL keeps everything in memory: there is nothing to back up.');
        return copyDatabase(file);
      },
      readDiskUsage: async () => (lock ? readDiskUsage(file) : undefined),
      async close() {
        await flush.durable();
        await db.destroy();
        if (log !== undefined) closeSync(log);
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw startupError(file, error, 'which is no usable database', 'restore it from a backup, or name another file');
  }
}

/** A database that does not reach its disk ends the process: only a start reads what is there. */
function endProcess(cause: unknown): void {
  setImmediate(() => {
    throw new Error('The database could not be brought to the disk', { cause });
  });
}

/** A number that each start writes anew into the database and into its lock, and that a backup has lost. */
function readGeneration(connection: Database.Database): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

/** Why a start fails: for good, or for the moment only. */
export function startupError(file: string, error: unknown, fault: string, fix: string): SettingsError | Unavailable {
  const reason = (error as Error).message;
  return isTransientError(error)
    ? new Unavailable(`The database ${file} cannot be used for the moment (${reason})`, { cause: error })
    : new SettingsError([`DATABASE_URL names ${file}, ${fault} (${reason}): ${fix}`]);
}

/** A second database file that this process has for itself as long as it lasts, however it ends. */
function holdAlone(file: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    makePrivate(file);
    lock = new Database(lockOf(file), { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    removeStaleCopies(file);
    return lock;
  } catch (error) {
    lock?.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') {
      throw new SettingsError([
        `DATABASE_URL names ${file}, which another proxy is serving: stop that one, or give this one a file of its own`,
      ]);
    }
    throw startupError(file, error, 'which cannot be opened', 'name a file in a folder that this user may write');
  }
}

/** Makes a file that is not there yet, for this user's eyes only; SQLite gives its companions the same rights. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

function lockOf(file: string): string {
  return `${existsSync(file) ? realpathSync(file) : file}.lock`;
}

/**
 * Looks at an existing file, changing nothing: whether a process is serving it, whose it is by its stamp, and whether another release has made it.
 * @throws SQLite's error where it is no database or cannot be read.
 */
export function inspectDatabase(file: string): { served: boolean; evalon?: string; form?: 'older' | 'newer' } {
  // A reader leaves the files of the write-ahead log behind where it made them; a writer that writes nothing does not.
  const readonly = existsSync(`${realpathSync(file)}-wal`);
  const connection = new Database(file, { readonly, fileMustExist: true, timeout: LOCK_WAIT });
  try {
    const has = (table: string) => connection.prepare('select 1 from sqlite_master where name = ?').get(table);
    const stamp = has('meta') && connection.prepare("select value from meta where key = 'evalon'").pluck().get();
    const form = has('kysely_migration')
      ? formOf(connection.prepare('select name from kysely_migration').pluck().all() as string[])
      : undefined;
    return { served: isHeld(lockOf(file)), ...(typeof stamp === 'string' && { evalon: stamp }), ...(form && { form }) };
  } finally {
    connection.close();
  }
}

/** Whether a release other than this one has brought a database as far as these steps. */
function formOf(steps: readonly string[]): 'older' | 'newer' | undefined {
  if (!steps.every((step) => Object.hasOwn(MIGRATIONS, step))) return 'newer';
  return steps.length < Object.keys(MIGRATIONS).length ? 'older' : undefined;
}

function isHeld(lock: string): boolean {
  if (!existsSync(lock)) return false;
  const connection = new Database(lock, { readonly: true, timeout: 0 });
  try {
    connection.prepare('select count(*) from sqlite_master').get();
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return true;
    throw error;
  } finally {
    connection.close();
  }
}
