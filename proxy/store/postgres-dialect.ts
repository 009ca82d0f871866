/** Kysely's PostgreSQL dialect, with transactions that have timeouts and read the database server's state. */
import {
  CompiledQuery,
  type DatabaseConnection,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type TransactionSettings,
} from 'kysely';
import { DUE_CLOCK_AHEAD } from './due-clock.ts';
import { CHANNEL } from './postgres-listener.ts';

/** The advisory lock of all transactions that write. Its number has no meaning. */
export const WRITE_LOCK = 2_073_512;

/** The server ends a transaction whose node does not respond, and so releases the lock. */
const SET_TIMEOUTS = `set local statement_timeout = '10s';
  set local lock_timeout = '5s';
  set local idle_in_transaction_session_timeout = '5s'`;

const READ_STATE = `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint
    + coalesce((select value::bigint from meta where key = '${DUE_CLOCK_AHEAD}'), 0) as now,
  concat_ws(' ', (select system_identifier from pg_control_system()),
    left(pg_walfile_name(pg_current_wal_lsn()), 8), 'events'::regclass::oid) as identity,
  (select holder from leases where name = 'jobs') as "leaseHolder"`;

const BEGIN_READ = `begin isolation level repeatable read, read only; ${SET_TIMEOUTS}; ${READ_STATE}`;
/** With `read committed`, a query after the lock sees all earlier commits. */
const BEGIN_WRITE = `begin isolation level read committed; ${SET_TIMEOUTS};
  select pg_advisory_xact_lock(${WRITE_LOCK}); ${READ_STATE}`;

/** The state of the database server when a transaction begins; in a write transaction, when it gets the lock. */
export interface TransactionState {
  /** The due clock's time: milliseconds since 1970, by the server's clock. */
  now: number;
  /**
   * Changes when a replica replaces the server, because the timeline changes. Also changes when the database is
   * restored, because the id of the cluster or of the table changes.
   */
  identity: string;
  /** The node that runs the background jobs. */
  leaseHolder: string | null;
}

export interface TransactionHooks {
  onBegin(state: TransactionState): void;
  /** Returns the payloads of the notifications that the commit of a write sends. */
  listNotifications(): string[];
}

type Connection = Parameters<PostgresDriver['rollbackTransaction']>[0];

class Driver extends PostgresDriver {
  readonly #hooks: TransactionHooks;
  /** Connections in a write transaction. */
  readonly #writing = new WeakSet<DatabaseConnection>();

  constructor(pool: PostgresPool, hooks: TransactionHooks) {
    super({ pool });
    this.#hooks = hooks;
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    // Only the transactions of the startup have no access mode. The tables that READ_STATE reads may not exist yet.
    if (!settings.accessMode) return super.beginTransaction(connection, settings);
    const begin = CompiledQuery.raw(settings.accessMode === 'read only' ? BEGIN_READ : BEGIN_WRITE);
    try {
      const { rows } = await connection.executeQuery<TransactionState>(begin);
      if (rows[0]) this.#hooks.onBegin(rows[0]);
      if (settings.accessMode === 'read write') this.#writing.add(connection);
    } catch (error) {
      await this.rollbackTransaction(connection as Connection).catch(() => {});
      throw error;
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const payloads = this.#writing.delete(connection) ? this.#hooks.listNotifications() : [];
    if (!payloads.length) return super.commitTransaction(connection);
    const notifications = payloads.map((payload) => `notify ${CHANNEL}, '${payload}'; `);
    await connection.executeQuery(CompiledQuery.raw(`${notifications.join('')}commit`));
  }
}

class Adapter extends PostgresAdapter {
  /**
   * The caller already holds a lock (postgres.ts). Kysely's lock, which belongs to a session, would not work through a
   * pooler.
   */
  override async acquireMigrationLock(): Promise<void> {}

  override async releaseMigrationLock(): Promise<void> {}
}

export class HookedPostgresDialect extends PostgresDialect {
  readonly #pool: PostgresPool;
  readonly #hooks: TransactionHooks;

  constructor(pool: PostgresPool, hooks: TransactionHooks) {
    super({ pool });
    this.#pool = pool;
    this.#hooks = hooks;
  }

  override createAdapter(): PostgresAdapter {
    return new Adapter();
  }

  override createDriver(): PostgresDriver {
    return new Driver(this.#pool, this.#hooks);
  }
}
