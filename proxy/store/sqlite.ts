/** The embedded database: one SQLite file, which one process serves. Every commit is fsynced before it returns. */
import { randomInt } from 'node:crypto';
import { realpathSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Clock } from '../util/clock.ts';
import { Conflict } from '../util/errors.ts';
import { copyDatabase, removeStaleCopies } from './backup.ts';
import type { Database } from './database.ts';
import { readDiskUsage } from './disk-usage.ts';
import { openDueClock } from './due-clock.ts';
import { createMigrations } from './migrations/migrations.ts';
import { acquireProcessLock, startupError } from './process-lock.ts';
import type { Tables } from './schema.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';
import { cacheStatements } from './statements.ts';
import { vacuumFile } from './vacuum.ts';

/** At startup, the proxy blocks for up to this long if another process holds a lock. */
const STARTUP_LOCK_TIMEOUT_MS = 2_000;

export const MIGRATIONS = createMigrations({ autoIncrement: 'integer primary key autoincrement', text: 'text' });

/**
 * Opens the file `path`. Creates the file and the folder if they are missing. `:memory:` stores nothing on disk.
 * @throws SettingsError if the file cannot be opened or another process serves it; Unavailable if a retry may succeed
 */
export function openSqlite(path: string, clock: Clock): Database {
  const isInMemory = path === ':memory:';
  const lock = isInMemory ? undefined : acquireProcessLock(path);
  // The files next to the database have the name of the file itself, not that of a symbolic link.
  const file = isInMemory ? path : realpathSync.native(path);
  try {
    if (lock) removeStaleCopies(file);
    const connection = new SqliteConnection(file, { timeout: STARTUP_LOCK_TIMEOUT_MS });
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    // SQLite keeps a temporary rollback journal for an insert of many rows. With this journal in memory, the insert is
    // about 20% faster.
    connection.pragma('temp_store = MEMORY');
    // 32 MiB (a negative number is in KiB): the upper levels of all indexes of a million sessions.
    connection.pragma('cache_size = -32768');
    connection.pragma('foreign_keys = ON');
    connection.pragma('secure_delete = ON');
    const db = new Kysely<Tables>({
      dialect: new ImmediateSqliteDialect({
        get inTransaction() {
          return connection.inTransaction;
        },
        prepare: cacheStatements((sql) => connection.prepare(sql)),
        close: () => void connection.close(),
      }),
    });
    const generation = readGeneration(connection);
    return {
      db,
      migrations: MIGRATIONS,
      name: path,
      isSameAsLastStart: lock !== undefined && generation !== 0 && generation === readGeneration(lock),
      // The process lock keeps other processes out.
      runStartup: (work) => work(),
      transaction: (accessMode, work) => db.transaction().setAccessMode(accessMode).execute(work),
      openDueClock: () => openDueClock(db, clock),
      toEpoch: (stored) => stored,
      startupError: (error) => startupError(path, error, 'which is not writable', 'let this user write it'),
      /**
       * Stores a new generation in the file. After this call, a locked database fails at once and does not block the
       * process.
       */
      async startServing() {
        const next = randomInt(1, 2 ** 31);
        connection.pragma(`user_version = ${next}`);
        // The process lock outlasts the commit, because of `locking_mode = EXCLUSIVE` (process-lock.ts).
        lock?.exec(`PRAGMA user_version = ${next}; COMMIT`);
        connection.pragma('busy_timeout = 0');
      },
      /** The database has only one connection. Holding it makes all queries wait. */
      vacuum: (onDone) =>
        db.connection().execute(async (connection) => {
          if (!isInMemory) await vacuumFile(file);
          await onDone(connection);
        }),
      async createBackup() {
        if (isInMemory) throw new Conflict('DATABASE_URL keeps everything in memory: there is nothing to back up.');
        return copyDatabase(file);
      },
      readDiskUsage: async () => (isInMemory ? undefined : readDiskUsage(file)),
      async close() {
        await db.destroy();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw startupError(file, error, 'which is not a valid database', 'restore it from a backup, or name another file');
  }
}

/**
 * Reads the generation: a random number that each start writes into the database file and into the lock file. A backup
 * has the generation 0.
 */
function readGeneration(connection: SqliteConnection.Database): number {
  return connection.pragma('user_version', { simple: true }) as number;
}
