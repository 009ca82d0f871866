/**
 * The only access to the database. Every read and every change is one transaction, so the database stores a change and
 * its event together or not at all. After a commit, the store calls the listeners of the changed tables.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { isPostgresUrl } from '../config/database-url.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { SettingsError } from '../util/errors.ts';
import { type ApiKeyQueries, apiKeyQueries } from './api-keys.ts';
import { type AuditQueries, auditQueries } from './audit.ts';
import type { Backup } from './backup.ts';
import { type BatchQueries, batchQueries } from './batches.ts';
import { type CandidateQueries, candidateQueries } from './candidates.ts';
import type { Database } from './database.ts';
import { isDatabaseError } from './database-errors.ts';
import type { DiskUsage } from './disk-usage.ts';
import type { DueClock, StoredDueClock } from './due-clock.ts';
import { type EventQueries, eventQueries } from './events.ts';
import { type HandoverQueries, handoverQueries } from './handovers.ts';
import { type InviteIntentQueries, inviteIntentQueries } from './invite-intents.ts';
import { createJobStore } from './job-store.ts';
import { migrate } from './migrate.ts';
import { type OutboxQueries, outboxQueries } from './outbox.ts';
import { type PartnerOrderQueries, partnerOrderQueries } from './partner-orders.ts';
import { type PendingVacuumQueries, pendingVacuumQueries } from './pending-vacuum.ts';
import { type PermitQueries, permitQueries } from './permits.ts';
import { type PinnedFileQueries, pinnedFileQueries } from './pinned-files.ts';
import { type RawAnswerQueries, rawAnswerQueries } from './raw-answers.ts';
import { type ResultReadQueries, resultReadQueries } from './result-reads.ts';
import type { Tables } from './schema.ts';
import { type HistoryQueries, historyQueries } from './session-history.ts';
import { type ListQueries, listQueries } from './session-lists.ts';
import { type SessionQueries, sessionQueries } from './sessions.ts';
import { openSqlite } from './sqlite.ts';
import { type SsoQueries, ssoQueries } from './sso.ts';
import { type StageChangeQueries, stageChangeQueries } from './stage-changes.ts';
import { type TombstoneQueries, tombstoneQueries } from './tombstones.ts';
import { type TableName, TouchedTables } from './touched-tables.ts';
import { createTransactions, mapDatabaseErrors } from './transactions.ts';
import { type UnrecognizedWebhookQueries, unrecognizedWebhookQueries } from './unrecognized-webhooks.ts';
import { type WebhookQueries, webhookQueries } from './webhooks.ts';

export interface Queries {
  candidates: CandidateQueries;
  inviteIntents: InviteIntentQueries;
  sessions: SessionQueries;
  rawAnswers: RawAnswerQueries;
  history: HistoryQueries;
  handovers: HandoverQueries;
  resultReads: ResultReadQueries;
  lists: ListQueries;
  outbox: OutboxQueries;
  partnerOrders: PartnerOrderQueries;
  stageChanges: StageChangeQueries;
  webhooks: WebhookQueries;
  unrecognizedWebhooks: UnrecognizedWebhookQueries;
  events: EventQueries;
  audit: AuditQueries;
  tombstones: TombstoneQueries;
  apiKeys: ApiKeyQueries;
  pendingVacuum: PendingVacuumQueries;
  batches: BatchQueries;
  permits: PermitQueries;
  sso: SsoQueries;
  pinnedFiles: PinnedFileQueries;
  dueClock: DueClock;
}

export interface Store {
  /** Changes when another database, such as a backup, replaces this one. A cursor of another epoch is invalid. */
  readonly epoch: string;
  /** The secret of this database. The proxy uses it to compute opaque values such as `viewer`. */
  readonly pepper: string;
  /** The clock of all stored due times. */
  readonly dueClock: DueClock;
  /**
   * Runs `change` in one transaction, and resolves once it is durable.
   * @throws Unavailable if the transaction fails, and then nothing is stored
   */
  write<T>(change: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Runs `read` on one snapshot.
   * @throws Unavailable
   */
  read<T>(read: (queries: Queries) => Promise<T>): Promise<T>;
  /** Returns a hash keyed by this database. It identifies a value without revealing it. */
  hash(text: string): string;
  /**
   * Removes traces of deleted rows from the files. All queries wait until it has finished.
   * @throws Unavailable if another process, such as a backup, reads the database, or the disk is full
   */
  vacuum(): Promise<void>;
  /**
   * Copies a snapshot of the whole database. Queries continue in the meantime.
   * @throws Unavailable; Conflict for a database in memory
   */
  createBackup(): Promise<Backup>;
  /** Undefined for a database in memory. */
  readDiskUsage(): Promise<DiskUsage | undefined>;
  /**
   * Calls `listener` after each commit, of any node, that wrote to one of `tables` (default: any table). Returns a
   * function that unsubscribes.
   */
  onCommit(listener: () => void, tables?: readonly TableName[]): () => void;
  /** This node's link to the other nodes. Undefined if no other process may serve this database. */
  readonly nodeLink?: StoreNodeLink;
  /** The store for background jobs, which only one node runs at a time. */
  forJobs(): Store;
  /**
   * Checks that this node runs the background jobs, for a job that writes in a transaction of another store. Does
   * nothing if this store is not from `forJobs`.
   * @throws LeaseLost if another node runs the jobs
   */
  assertRunsJobs(): void;
  /**
   * Checks that the database is writable: writes a row, unless another write succeeded in the last seconds.
   * @throws Unavailable if the database is not writable
   */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

/** A node's link to the other nodes that share its database. */
export interface StoreNodeLink {
  /** The random id of this node. */
  readonly id: string;
  /** Calls `listener` after each commit of another node that may have written to one of `tables`. */
  onCommit(listener: () => void, tables: readonly TableName[]): void;
  /**
   * Sends a message to the other nodes with the commit of the running write. The other nodes handle the message
   * before they learn of the commit. A node without a connection misses the message.
   * @param message letters, digits, `-` and `_`, at most 7,000.
   */
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
}

/**
 * Opens the database and migrates it to the newest schema. A new database records `evalon`.
 * @param url the path of an SQLite file, `:memory:`, or `postgres://…`
 * @param evalon the base URL of Evalon's API, or `sandbox`
 * @throws SettingsError if the database is unusable, served by another process, or belongs to another Evalon;
 * Unavailable if a retry may succeed
 */
export async function openStore(url: string, evalon: string, clock: Clock): Promise<Store> {
  const database = await openDatabase(url, clock);
  try {
    const identity = await database.runStartup(async () => {
      await migrate(database);
      return ensureIdentity(database, evalon);
    });
    const dueClock = await database.openDueClock();
    await database.startServing();
    return createStore(database, identity, clock, dueClock);
  } catch (error) {
    await database.close();
    throw isDatabaseError(error) ? database.startupError(error) : error;
  }
}

async function openDatabase(url: string, clock: Clock): Promise<Database> {
  if (!isPostgresUrl(url)) return openSqlite(url, clock);
  // Only a proxy that uses PostgreSQL loads its client.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(url, clock);
}

/** 132 bits in base64url. */
const HASH_CHARS = 22;

function createStore(database: Database, identity: Identity, clock: Clock, dueClock: StoredDueClock): Store {
  const { readDiskUsage, close } = database;
  const now = () => timestamp(clock);
  const hash = (text: string) =>
    createHmac('sha256', identity.pepper).update(text).digest('base64url').slice(0, HASH_CHARS);
  const createQueries = (executor: Kysely<Tables>): Queries => ({
    candidates: candidateQueries(executor),
    inviteIntents: inviteIntentQueries(executor),
    sessions: sessionQueries(executor),
    rawAnswers: rawAnswerQueries(executor, now),
    history: historyQueries(executor),
    handovers: handoverQueries(executor),
    resultReads: resultReadQueries(executor),
    lists: listQueries(executor),
    outbox: outboxQueries(executor, now, dueClock),
    partnerOrders: partnerOrderQueries(executor),
    stageChanges: stageChangeQueries(executor, now, dueClock),
    webhooks: webhookQueries(executor),
    unrecognizedWebhooks: unrecognizedWebhookQueries(executor),
    events: eventQueries(executor, now),
    audit: auditQueries(executor, now),
    tombstones: tombstoneQueries(executor, now, hash),
    apiKeys: apiKeyQueries(executor, now, hash),
    pendingVacuum: pendingVacuumQueries(executor, now),
    batches: batchQueries(executor, now, dueClock),
    permits: permitQueries(executor),
    sso: ssoQueries(executor, now, dueClock),
    pinnedFiles: pinnedFileQueries(executor, now),
    dueClock,
  });
  const writeProbe = async (transaction: Kysely<Tables>): Promise<void> => {
    const value = now();
    await transaction
      .insertInto('meta')
      .values({ key: 'written_at', value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  };
  const { read, write, checkWritable } = createTransactions(database, clock, writeProbe);
  const listeners = new Map<() => void, readonly TableName[] | undefined>();

  /** @param changed undefined if any table may have changed. */
  function callListeners(changed: readonly TableName[] | undefined): void {
    for (const [listener, tables] of listeners) {
      if (!changed || !tables || tables.some((table) => changed.includes(table))) listener();
    }
  }
  const remoteListeners = new Map<() => void, readonly TableName[]>();
  database.nodeLink?.onChange((changed) => {
    callListeners(changed);
    for (const [listener, tables] of remoteListeners) {
      if (!changed || tables.some((table) => changed.includes(table))) listener();
    }
  });

  /**
   * The last backup or vacuum. They run one at a time: a backup during a vacuum would contain the traces of deleted
   * rows.
   */
  let previousRun: Promise<unknown> = Promise.resolve();
  function runExclusively<T>(run: () => Promise<T>): Promise<T> {
    const result = previousRun.then(() => mapDatabaseErrors(run));
    previousRun = result.catch(() => {});
    return result;
  }

  const store: Store = {
    get epoch() {
      return database.toEpoch(identity.epoch);
    },
    pepper: identity.pepper,
    dueClock,
    async write(change) {
      const touched = new TouchedTables();
      let onSaved = () => {};
      const result = await write(async (transaction) => {
        const changeResult = await change(createQueries(transaction.withPlugin(touched)));
        if (dueClock.needsSave()) onSaved = await dueClock.save(transaction);
        database.nodeLink?.announce(touched.names);
        return changeResult;
      });
      onSaved();
      callListeners(touched.names);
      return result;
    },
    read: (run) => read((transaction) => run(createQueries(transaction))),
    hash,
    vacuum: () => runExclusively(() => database.vacuum((executor) => createQueries(executor).pendingVacuum.clear())),
    createBackup: () => runExclusively(database.createBackup),
    readDiskUsage,
    onCommit(listener, tables) {
      listeners.set(listener, tables);
      return () => listeners.delete(listener);
    },
    ...(database.nodeLink && {
      nodeLink: {
        id: database.nodeLink.id,
        onCommit: (listener, tables) => void remoteListeners.set(listener, tables),
        send: database.nodeLink.send,
        onMessage: database.nodeLink.onMessage,
      },
    }),
    forJobs: () => (database.nodeLink ? createJobStore(store, database.nodeLink) : store),
    assertRunsJobs() {},
    checkWritable,
    close,
  };
  return store;
}

interface Identity {
  epoch: string;
  pepper: string;
}

/**
 * Reads the database's identity, or creates a missing one. A restored copy gets a new epoch: the copy lacks the newest
 * events, so an old cursor could point beyond its last event.
 */
async function ensureIdentity({ db, name, isSameAsLastStart }: Database, evalon: string): Promise<Identity> {
  const fresh = { evalon, epoch: randomBytes(6).toString('hex'), pepper: randomBytes(32).toString('hex') };
  await db
    .insertInto('meta')
    .values(Object.entries(fresh).map(([key, value]) => ({ key, value })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const rows = await db.selectFrom('meta').selectAll().execute();
  const stored = Object.fromEntries(rows.map(({ key, value }) => [key, value])) as typeof fresh;
  if (stored.evalon !== evalon) {
    throw new SettingsError([
      `DATABASE_URL names ${name}, which belongs to ${stored.evalon}, not to ${evalon}: use one database for each Evalon`,
    ]);
  }
  if (isSameAsLastStart) return { epoch: stored.epoch, pepper: stored.pepper };
  await db.updateTable('meta').set({ value: fresh.epoch }).where('key', '=', 'epoch').execute();
  return { epoch: fresh.epoch, pepper: stored.pepper };
}
