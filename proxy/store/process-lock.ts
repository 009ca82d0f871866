/**
 * Ensures that only one process serves a database file. The lock is an open transaction in a second SQLite file,
 * `<file>.lock`. The operating system releases the lock even after a crash.
 */
import { closeSync, existsSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { SettingsError, Unavailable } from '../util/errors.ts';
import { isLocked, isTransientError } from './sqlite-errors.ts';

/**
 * Locks `file`. Creates the file and the folder if they are missing.
 * @throws SettingsError if another process serves the file or the file cannot be opened; Unavailable if a retry may
 * succeed
 */
export function acquireProcessLock(file: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Only this user may read the file. SQLite creates its other files with the same mode.
    closeSync(openSync(file, 'a', 0o600));
    assertSingleName(file);
    lock = new Database(lockPath(file), { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof SettingsError) throw error;
    if (isLocked(error)) {
      throw new SettingsError([
        `DATABASE_URL names ${file}, which another proxy is serving: stop that proxy, or use another file`,
      ]);
    }
    throw startupError(file, error, 'which cannot be opened', 'name a file in a folder that this user can write');
  }
}

/**
 * SQLite derives the names of its log and its lock from the path. So two processes that use different hard links would
 * lose changes.
 * @throws SettingsError
 */
function assertSingleName(file: string): void {
  const { nlink } = statSync(file);
  if (nlink > 1) {
    throw new SettingsError([
      `DATABASE_URL names ${file}, which has ${nlink} hard links, so that another proxy may be serving it: keep one of them, and copy a database with npm run admin -- backup`,
    ]);
  }
}

export function isProcessLockHeld(file: string): boolean {
  const path = lockPath(file);
  if (!existsSync(path)) return false;
  const connection = new Database(path, { readonly: true, timeout: 0 });
  try {
    connection.prepare('select count(*) from sqlite_master').get();
    return false;
  } catch (error) {
    if (isLocked(error)) return true;
    throw error;
  } finally {
    connection.close();
  }
}

function lockPath(file: string): string {
  return `${existsSync(file) ? realpathSync.native(file) : file}.lock`;
}

/** Returns Unavailable if a retry may succeed, and otherwise SettingsError with the problem and its fix. */
export function startupError(file: string, error: unknown, problem: string, fix: string): SettingsError | Unavailable {
  const reason = (error as Error).message;
  return isTransientError(error)
    ? new Unavailable(`The database ${file} is not available right now (${reason})`, { cause: error })
    : new SettingsError([`DATABASE_URL names ${file}, ${problem} (${reason}): ${fix}`]);
}
