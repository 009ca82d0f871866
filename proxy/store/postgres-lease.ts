/**
 * Leader election by a lease: one node at a time, the leader, runs the background jobs. It keeps the lease until another
 * node takes it after its expiry. Each write of a job checks the leader under the write lock, so a replaced node writes
 * nothing more. The timers watch other nodes, so they use real time.
 */
import type { Kysely } from 'kysely';
import type { AccessMode } from './database.ts';
import type { Tables } from './schema.ts';

const NAME = 'jobs';
/** A node that died is replaced after this time and one check. */
const LEASE_MS = 6_000;
const CHECK_INTERVAL_MS = 1_500;

interface LeaseOptions {
  nodeId: string;
  transaction<T>(accessMode: AccessMode, work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** The running transaction's time, by the database server's clock. */
  serverNow(): number;
  /** Whether this node held the lease when the last transaction began. */
  isHolder(): boolean;
  /** Announces the running write to the other nodes. */
  announce(): void;
  onAcquire(): void;
}

export interface Lease {
  /** Takes the lease if it is free, or renews it. */
  check(): Promise<void>;
  start(): void;
  /** Releases the lease. */
  stop(): Promise<void>;
}

export function createLease({ nodeId, transaction, serverNow, isHolder, announce, onAcquire }: LeaseOptions): Lease {
  let timer: NodeJS.Timeout | undefined;

  const iso = (ms: number) => new Date(ms).toISOString();

  /**
   * Whether the lease is this node's, missing or expired. An end in the distant future means that the clock was set
   * back.
   */
  async function isAvailable(db: Kysely<Tables>): Promise<boolean> {
    const lease = await db.selectFrom('leases').selectAll().where('name', '=', NAME).executeTakeFirst();
    if (!lease || lease.holder === nodeId) return true;
    return lease.expires_at <= iso(serverNow()) || lease.expires_at > iso(serverNow() + LEASE_MS);
  }

  async function take(db: Kysely<Tables>): Promise<boolean> {
    if (!(await isAvailable(db))) return false;
    const lease = { holder: nodeId, expires_at: iso(serverNow() + LEASE_MS) };
    await db
      .insertInto('leases')
      .values({ name: NAME, ...lease })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(lease))
      .execute();
    return true;
  }

  async function check(): Promise<void> {
    const wasHolder = isHolder();
    const hasLease = (await transaction('read only', isAvailable)) && (await transaction('read write', take));
    if (hasLease && !wasHolder) onAcquire();
  }

  async function run(): Promise<void> {
    // If the check fails, the next check follows. Without the database, no other node can take the lease either.
    await check().catch(() => {});
    if (timer) start();
  }

  function start(): void {
    timer = setTimeout(run, CHECK_INTERVAL_MS);
  }

  return {
    check,
    start,
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await transaction('read write', async (db) => {
        announce();
        await db.deleteFrom('leases').where('name', '=', NAME).where('holder', '=', nodeId).execute();
      }).catch(() => {});
    },
  };
}
