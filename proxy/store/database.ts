/** What the store needs from a database. Only the implementations, sqlite.ts and postgres.ts, know the SQL dialect. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SettingsError, Unavailable } from '../util/errors.ts';
import type { Backup } from './backup.ts';
import type { DiskUsage } from './disk-usage.ts';
import type { StoredDueClock } from './due-clock.ts';
import type { Tables } from './schema.ts';
import type { TableName } from './touched-tables.ts';

export type AccessMode = 'read only' | 'read write';

export interface Database {
  readonly db: Kysely<Tables>;
  readonly migrations: Record<string, Migration>;
  /** The file, or the URL without user and password. */
  readonly name: string;
  /**
   * Whether the last start opened this same database. False for a new file, and for a copy that replaced the file.
   * Always true for PostgreSQL.
   */
  readonly isSameAsLastStart: boolean;
  /** Runs `work` while no other process opens this database. */
  runStartup<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction. A read sees one snapshot. A write excludes other writes. Commits are durable.
   * @throws what `work` and the database throw
   */
  transaction<T>(accessMode: AccessMode, work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Opens the clock of stored due times, leases and the rate limit. Call it after the migration. */
  openDueClock(): Promise<StoredDueClock>;
  /** Call it after the migration. From then on, no query blocks the event loop while it waits for a lock. */
  startServing(): Promise<void>;
  /**
   * Returns the epoch for cursors, derived from `stored`, the epoch in `meta`. With PostgreSQL, the derived epoch also
   * changes after a failover or a restore.
   */
  toEpoch(stored: string): string;
  /** This node's link to the other nodes. Undefined if no other process may serve this database. */
  readonly nodeLink?: NodeLink;
  /** Returns what to throw if the database cannot be opened or migrated. */
  startupError(error: unknown): SettingsError | Unavailable;
  /** Removes traces of deleted rows from the files, then calls `onDone`. */
  vacuum(onDone: (db: Kysely<Tables>) => Promise<void>): Promise<void>;
  /**
   * No vacuum may run at the same time.
   * @throws Conflict if the proxy cannot copy this database
   */
  createBackup(): Promise<Backup>;
  /** Undefined for a database in memory. */
  readDiskUsage(): Promise<DiskUsage | undefined>;
  close(): Promise<void>;
}

/** A node's link to the other nodes that share its database. Call `announce` and `send` only in a write transaction. */
export interface NodeLink {
  /** The random id of this node. */
  readonly id: string;
  /** Whether this node runs the background jobs, as of the start of the last transaction. */
  readonly isLeaseHolder: boolean;
  /** Announces that the running write changes these tables. Its commit notifies the other nodes. */
  announce(tables: readonly TableName[]): void;
  /** Queues a message to the other nodes. The commit of the running write sends the message before the announcement. */
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
  /** @param listener its argument is undefined if any table may have changed. */
  onChange(listener: (tables: readonly TableName[] | undefined) => void): void;
  /** Calls `listener` each time this node starts to run the background jobs. Returns a function that unsubscribes. */
  onLeaseAcquired(listener: () => void): () => void;
}
