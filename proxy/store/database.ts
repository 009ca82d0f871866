/** What the store needs from a database. Only the implementations, sqlite.ts and postgres.ts, know its dialect. */
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
  /** Whether a proxy served this database before. False for a new file, and for a copy that replaced the file. */
  readonly isSameGeneration: boolean;
  /** Runs `work` while no other process opens this database. */
  runStartup<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction: a read on one snapshot, a write alone. Commits are durable.
   * @throws what `work` and the database throw
   */
  transaction<T>(accessMode: AccessMode, work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  openDueClock(): Promise<StoredDueClock>;
  /** Call it once the database is migrated. After this call, the database never blocks the process. */
  startServing(): Promise<void>;
  /** Returns the cursors' epoch, from the epoch in `meta`. Changes after a failover of the database server. */
  toEpoch(stored: string): string;
  /** The other nodes of this database. Undefined if no other process may serve it. */
  readonly nodes?: Nodes;
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

/** Nodes that share a database. Call a method about a transaction only inside it. */
export interface Nodes {
  /** A random id of this process. */
  readonly id: string;
  /** Whether this node runs the background jobs, as of the begin of the last transaction. */
  readonly isLeaseHolder: boolean;
  /** Announces that the running write changes these tables. The other nodes learn it after its commit. */
  announce(tables: readonly TableName[]): void;
  /** Sends a message to the other nodes with the commit of the running write, before its announcement. */
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
  /** @param listener its argument is undefined if any table may have changed. */
  onChange(listener: (tables: readonly TableName[] | undefined) => void): void;
  /** Calls `listener` each time this node starts to run the background jobs. Returns a function that unsubscribes. */
  onLeaseAcquired(listener: () => void): () => void;
}
