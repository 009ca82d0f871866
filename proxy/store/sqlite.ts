/**
 * The embedded database: one file, one serving process. A commit is on disk before it is answered
 * (WAL with `synchronous=FULL`).
 */
import { closeSync, existsSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely';
import { SettingsError } from '../errors.ts';
import type { Tables } from './schema.ts';
import { wipeFile } from './wipe.ts';

/** Milliseconds that a commit waits for a backup or a shell that holds the file; the process stands still meanwhile. */
const LOCK_WAIT = 250;

/** SQLite can do what Kysely leaves unused: a migration that is interrupted leaves nothing of itself behind. */
class TransactionalDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

export interface SqliteDatabase {
  db: Kysely<Tables>;
  /** Takes every trace of deleted rows out of the files; nobody may use `db` meanwhile. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens `file`, making it and its folder where missing; `:memory:` keeps nothing.
 * @throws SettingsError when the file cannot be opened or another process is serving it.
 */
export function openSqlite(file: string): SqliteDatabase {
  const lock = file === ':memory:' ? undefined : holdAlone(file);
  try {
    const connection = new Database(file, { timeout: LOCK_WAIT });
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('secure_delete = ON');
    const db = new Kysely<Tables>({ dialect: new TransactionalDialect({ database: connection }) });
    return {
      db,
      wipe: async () => (file === ':memory:' ? undefined : wipeFile(file)),
      async close() {
        await db.destroy();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw new SettingsError([`DATABASE_URL names ${file}, which is no usable database (${(error as Error).message})`]);
  }
}

/** A second database file whose exclusive transaction lasts as long as this process, however it ends. */
function holdAlone(file: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    makePrivate(file);
    lock = new Database(lockOf(file), { timeout: 0 });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const busy = (error as { code?: string }).code === 'SQLITE_BUSY';
    throw new SettingsError([
      busy
        ? `DATABASE_URL names ${file}, which another proxy is serving: stop that one, or give this one a file of its own`
        : `DATABASE_URL names ${file}, which cannot be opened (${(error as Error).message}): name a file in a folder that this user may write`,
    ]);
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
 * Looks at an existing file, changing nothing: whether a process is serving it, and whose it is by its stamp.
 * @throws SQLite's error where it is no database or cannot be read.
 */
export function lookInto(file: string): { served: boolean; evalon?: string } {
  // A reader leaves the files of the write-ahead log behind where it made them; a writer that writes nothing does not.
  const readonly = existsSync(`${realpathSync(file)}-wal`);
  const connection = new Database(file, { readonly, fileMustExist: true, timeout: LOCK_WAIT });
  try {
    const isStamped = connection.prepare("select 1 from sqlite_master where name = 'meta'").get();
    const stamp = isStamped && connection.prepare("select value from meta where key = 'evalon'").pluck().get();
    return { served: isHeld(lockOf(file)), ...(typeof stamp === 'string' && { evalon: stamp }) };
  } finally {
    connection.close();
  }
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
