/** Features that only PostgreSQL has: several nodes on one database, and connections that can break. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import pg from 'pg';
import { LeaseLost } from '../../../proxy/store/job-store.ts';
import { MIGRATIONS } from '../../../proxy/store/postgres.ts';
import type { NewEvent } from '../../../proxy/store/schema.ts';
import { openStore, type Store } from '../../../proxy/store/store.ts';
import type { TableName } from '../../../proxy/store/touched-tables.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { SettingsError, Unavailable } from '../../../proxy/util/errors.ts';
import { waitFor } from '../../support/eventually.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';

const EVALON_URL = 'https://api.evalon.example';

async function createDatabase(test: TestContext): Promise<string> {
  const { url, drop } = await createPostgresDatabase();
  test.after(drop);
  return url;
}

/** Opens the stores of several nodes at the same time. */
async function openNodes(test: TestContext, url: string, count: number): Promise<Store[]> {
  const stores = await Promise.all(Array.from({ length: count }, () => openStore(url, EVALON_URL, systemClock)));
  test.after(() => Promise.all(stores.map((store) => store.close())));
  return stores;
}

async function query(url: string, sql: string) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const buildEvent = (topic: string): NewEvent => ({
  type: 'session',
  topic,
  session_uuid: 'sess_1',
  project_id: 'p',
  data: '{}',
});

const breakConnections = (url: string) =>
  query(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`,
  );

/** Counts how often a commit to one of the tables wakes a listener. */
function countCalls(store: Store, ...tables: TableName[]) {
  const counted = { calls: 0 };
  store.onCommit(() => {
    counted.calls += 1;
  }, tables);
  return counted;
}

const append = (store: Store, topic = 'a@example.com') => store.write(({ events }) => events.append(buildEvent(topic)));

describe('a PostgreSQL database', () => {
  it('is migrated once by nodes that start at the same time, which then agree on its identity', async (test) => {
    const url = await createDatabase(test);
    const stores = await openNodes(test, url, 4);
    assert.equal(new Set(stores.map(({ epoch, pepper }) => `${epoch} ${pepper}`)).size, 1);
    const migrated = await query(url, 'select name from kysely_migration order by name');
    assert.deepEqual(
      migrated.map(({ name }) => name),
      Object.keys(MIGRATIONS),
    );
  });

  it('numbers the events of all nodes in the order of their commits', async (test) => {
    const url = await createDatabase(test);
    const nodes = await openNodes(test, url, 3);
    const seen: number[] = [];
    let isWriting = true;
    async function readNewEvents(): Promise<void> {
      while (isWriting) {
        const rows = await nodes[0]?.read(({ events }) => events.listAfter(seen.at(-1) ?? 0, 100));
        seen.push(...(rows ?? []).map(({ seq }) => seq));
      }
    }
    const reading = readNewEvents();
    const written = await Promise.all(Array.from({ length: 90 }, (_, n) => append(nodes[n % 3] as Store)));
    isWriting = false;
    await reading;
    const rest = await nodes[1]?.read(({ events }) => events.listAfter(seen.at(-1) ?? 0, 100));
    seen.push(...(rest ?? []).map(({ seq }) => seq));
    assert.deepEqual(
      seen,
      written.toSorted((a, b) => a - b),
    );
  });

  it('serializes the writes of all nodes, so that each sees the previous one', async (test) => {
    const url = await createDatabase(test);
    const nodes = await openNodes(test, url, 2);
    const appendNewestSeq = (node: Store) =>
      node.write(async ({ events }) => {
        const newest = await events.getNewestSeq();
        await events.append(buildEvent(String(newest)));
      });
    await Promise.all(Array.from({ length: 40 }, (_, n) => appendNewestSeq(nodes[n % 2] as Store)));
    const rows = await nodes[0]?.read(({ events }) => events.listAfter(0, 100));
    assert.ok(
      rows?.every(({ seq, topic }, index) => topic === String(index ? rows[index - 1]?.seq : 0) && seq > index),
    );
  });

  it('sorts keys by their bytes, as SQLite does', async (test) => {
    const url = await createDatabase(test);
    await openNodes(test, url, 1);
    const hashes = ['a-b', 'aa', 'A', 'ä', 'B', 'a_b', 'ab'];
    await query(url, `insert into tombstones select unnest(array[${hashes.map((hash) => `'${hash}'`)}]), ''`);
    const rows = await query(url, 'select hash from tombstones order by hash');
    assert.deepEqual(
      rows.map(({ hash }) => hash),
      hashes.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
  });

  it('replaces NUL characters, which it cannot store', async (test) => {
    const [store] = (await openNodes(test, await createDatabase(test), 1)) as [Store];
    await append(store, 'a\0b');
    const [row] = await store.read(({ events }) => events.listAfter(0, 1));
    assert.equal(row?.topic, 'a\ufffdb');
  });

  it('is used again after its connections have broken, even in the middle of a write', async (test) => {
    const url = await createDatabase(test);
    const [store] = (await openNodes(test, url, 1)) as [Store];
    const { epoch } = store;
    const broken = store.write(async ({ events }) => {
      await events.append(buildEvent('lost'));
      await breakConnections(url);
      await events.append(buildEvent('lost'));
    });
    await assert.rejects(broken, Unavailable);
    await waitFor(() => append(store, 'kept').catch(() => false));
    await breakConnections(url);
    const rows = await waitFor(() => store.read(({ events }) => events.listAfter(0, 10)));
    assert.deepEqual(
      rows.map(({ topic }) => topic),
      ['kept'],
    );
    assert.equal(store.epoch, epoch);
  });

  it('frees the lock of a node that stopped in the middle of a write', async (test) => {
    const url = await createDatabase(test);
    const [stopped, other] = (await openNodes(test, url, 2)) as [Store, Store];
    const { promise: resumed, resolve: resume } = Promise.withResolvers<void>();
    const { promise: hasLock, resolve: onLock } = Promise.withResolvers<void>();
    const stuck = stopped.write(async ({ events }) => {
      onLock();
      await resumed;
      await events.append(buildEvent('late'));
    });
    stuck.catch(() => {});
    await hasLock;
    await waitFor(() => append(other).catch(() => false));
    resume();
    await assert.rejects(stuck, Unavailable);
    await waitFor(() => stopped.checkWritable().then(() => true));
  });

  it('is refused if it is missing, with a clear error that does not contain the password', async (test) => {
    const url = new URL(await createDatabase(test));
    const { password } = url;
    url.pathname = '/missing';
    await assert.rejects(openStore(url.href, EVALON_URL, systemClock), (error: Error) => {
      assert.ok(error instanceof SettingsError);
      assert.doesNotMatch(error.message, new RegExp(password));
      return /^DATABASE_URL names postgres:\/\/127\.0\.0\.1:\d+\/missing, which cannot be used/.test(error.message);
    });
    url.port = '1';
    await assert.rejects(openStore(url.href, EVALON_URL, systemClock), Unavailable);
  });
});

describe('a commit', () => {
  it('wakes the listeners of its tables on all nodes, and on its own node once', async (test) => {
    const [writer, reader] = (await openNodes(test, await createDatabase(test), 2)) as [Store, Store];
    const [writerEvents, readerEvents, readerWebhooks] = [
      countCalls(writer, 'events'),
      countCalls(reader, 'events'),
      countCalls(reader, 'unrecognized_webhooks'),
    ];
    // Until a node knows that its notifications arrive, it polls, and a poll wakes the listeners of all tables.
    await waitFor(async () => {
      const [ownCalls, eventCalls, webhookCalls] = [writerEvents.calls, readerEvents.calls, readerWebhooks.calls];
      await append(writer);
      await waitFor(() => readerEvents.calls > eventCalls);
      assert.equal(writerEvents.calls, ownCalls + 1);
      assert.deepEqual([readerEvents.calls, readerWebhooks.calls], [eventCalls + 1, webhookCalls]);
      return true;
    });
  });

  it('wakes other nodes again after the connection of their listener broke', async (test) => {
    const url = await createDatabase(test);
    const [writer, reader] = (await openNodes(test, url, 2)) as [Store, Store];
    await breakConnections(url);
    const events = countCalls(reader, 'events');
    for (let n = 0; n < 3; n++) {
      const before = events.calls;
      await waitFor(() => append(writer).catch(() => false));
      await waitFor(() => events.calls > before);
    }
  });
});

describe('the background jobs', () => {
  it('run on the node that started first, until it stops', async (test) => {
    const url = await createDatabase(test);
    const first = await openStore(url, EVALON_URL, systemClock);
    const [second] = (await openNodes(test, url, 1)) as [Store];
    await append(first.forJobs());
    await assert.rejects(append(second.forJobs()), LeaseLost);
    await first.close();
    await waitFor(() => append(second.forJobs()).catch(() => false));
  });

  it('stop on a node whose lease another node has taken, until that lease expires', async (test) => {
    const url = await createDatabase(test);
    const [store] = (await openNodes(test, url, 1)) as [Store];
    const jobs = store.forJobs();
    await append(jobs);
    const expiresAt = new Date(Date.now() + 5_000).toISOString();
    await query(url, `update leases set holder = 'another node', expires_at = '${expiresAt}'`);
    await assert.rejects(append(jobs), LeaseLost);
    const rows = await store.read(({ events }) => events.listAfter(0, 10));
    assert.equal(rows.length, 1);
    let wakeUps = 0;
    test.after(jobs.onCommit(() => (wakeUps += 1), ['audit']));
    await waitFor(() => append(jobs).catch(() => false), { timeoutMs: 10_000 });
    assert.ok(wakeUps > 0);
    assert.ok(Date.now() >= Date.parse(expiresAt));
  });
});
