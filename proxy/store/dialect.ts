/**
 * How transactions begin and end on SQLite. One that will write takes the write lock before anything else, so that
 * whoever cannot have it has done nothing yet.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely';

type Connection = SqliteDialectConfig['database'] & {
  readonly inTransaction: boolean;
  /** Is told of each transaction that may have written, before anybody else reads. */
  committed(): void;
};

class Driver extends SqliteDriver {
  readonly #database: Connection;
  #writes = false;

  constructor(database: Connection) {
    super({ database });
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings = {}): Promise<void> {
    this.#writes = settings.accessMode === 'read write';
    await connection.executeQuery(CompiledQuery.raw(this.#writes ? 'begin immediate' : 'begin'));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    if (this.#writes) this.#database.committed();
  }

  /** Where the disk is full, SQLite has done it by itself. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite can do what Kysely leaves unused: a migration that is interrupted leaves nothing of itself behind. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** SQLite as Kysely speaks it, over one connection. */
export class Dialect extends SqliteDialect {
  readonly #database: Connection;

  constructor(database: Connection) {
    super({ database });
    this.#database = database;
  }

  override createAdapter(): SqliteAdapter {
    return new Adapter();
  }

  override createDriver(): SqliteDriver {
    return new Driver(this.#database);
  }
}
