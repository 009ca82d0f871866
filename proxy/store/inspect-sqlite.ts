/** Inspects an existing SQLite file for the doctor, without changing it. */
import { existsSync, realpathSync } from 'node:fs';
import Database from 'better-sqlite3';
import { getCompatibilityKey, isCompatible } from './migrations/migrations.ts';
import { isProcessLockHeld } from './process-lock.ts';
import { MIGRATIONS } from './sqlite.ts';

const LOCK_TIMEOUT_MS = 2_000;

export interface SqliteFacts {
  isServed: boolean;
  /** The Evalon that the database belongs to: a base URL, or `sandbox`. */
  evalon?: string;
  /**
   * `older` if this release would migrate the database. `newer` if a newer release has migrated it so that this
   * release does not work with the database.
   */
  schema?: 'older' | 'newer';
}

/** @throws SqliteError of better-sqlite3 if the file is not a database or cannot be read */
export function inspectSqlite(file: string): SqliteFacts {
  // If the file has no write-ahead log, a read-only connection would create the -wal and -shm files and leave them
  // behind. A writable connection deletes both when it closes.
  const readonly = existsSync(`${realpathSync(file)}-wal`);
  const connection = new Database(file, { readonly, fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
  try {
    const hasTable = (table: string) => connection.prepare('select 1 from sqlite_master where name = ?').get(table);
    const evalon = hasTable('meta') && connection.prepare("select value from meta where key = 'evalon'").pluck().get();
    const schema = hasTable('kysely_migration')
      ? compareSchema(
          connection.prepare('select name from kysely_migration').pluck().all() as string[],
          (migration) =>
            connection.prepare('select value from meta where key = ?').pluck().get(getCompatibilityKey(migration)) as
              | string
              | undefined,
        )
      : undefined;
    return {
      isServed: isProcessLockHeld(file),
      ...(typeof evalon === 'string' && { evalon }),
      ...(schema && { schema }),
    };
  } finally {
    connection.close();
  }
}

function compareSchema(
  applied: readonly string[],
  readCompatibility: (migration: string) => string | undefined,
): SqliteFacts['schema'] {
  const ownMigrations = Object.keys(MIGRATIONS);
  if (!applied.every((migration) => ownMigrations.includes(migration))) {
    return isCompatible(ownMigrations, applied, readCompatibility(applied.toSorted().at(-1) ?? ''))
      ? undefined
      : 'newer';
  }
  return applied.length < ownMigrations.length ? 'older' : undefined;
}
