/** What PostgreSQL alone has: several nodes on one database, and a connection that can break. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import pg from 'pg';
import type { NewEvent } from '../../../proxy/store/schema.ts';
import { openStore, type Store } from '../../../proxy/store/store.ts';
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

describe('a PostgreSQL database', () => {
  it('is migrated once by nodes that start at the same time, which then agree on its identity', async (test) => {
    const url = await createDatabase(test);
    const stores = await openNodes(test, url, 4);
    assert.equal(new Set(stores.map(({ epoch, pepper }) => `${epoch} ${pepper}`)).size, 1);
    assert.deepEqual(await query(url, 'select count(*)::int as count from kysely_migration'), [{ count: 1 }]);
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
    const write = (node: Store) => node.write(({ events }) => events.append(buildEvent('a@example.com')));
    const written = await Promise.all(Array.from({ length: 90 }, (_, n) => write(nodes[n % 3] as Store)));
    isWriting = false;
    await reading;
    const rest = await nodes[1]?.read(({ events }) => events.listAfter(seen.at(-1) ?? 0, 100));
    seen.push(...(rest ?? []).map(({ seq }) => seq));
    assert.deepEqual(
      seen,
      written.toSorted((a, b) => a - b),
    );
  });

  it('runs one write at a time, so that two nodes never decide on the same state', async (test) => {
    const url = await createDatabase(test);
    const nodes = await openNodes(test, url, 2);
    const countOnce = (node: Store) =>
      node.write(async ({ events }) => {
        const newest = await events.getNewestSeq();
        await events.append(buildEvent(String(newest)));
      });
    await Promise.all(Array.from({ length: 40 }, (_, n) => countOnce(nodes[n % 2] as Store)));
    const rows = await nodes[0]?.read(({ events }) => events.listAfter(0, 100));
    assert.ok(
      rows?.every(({ seq, topic }, index) => topic === String(index ? rows[index - 1]?.seq : 0) && seq > index),
    );
  });

  it('sorts keys by their bytes, as SQLite does', async (test) => {
    const url = await createDatabase(test);
    const [store] = (await openNodes(test, url, 1)) as [Store];
    const uuids = ['a-b', 'aa', 'A', 'ä', 'B', 'a_b', 'ab'];
    await query(url, `insert into tombstones select unnest(array[${uuids.map((uuid) => `'${uuid}'`)}]), ''`);
    const rows = await query(url, 'select hash from tombstones order by hash');
    assert.deepEqual(
      rows.map(({ hash }) => hash),
      uuids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    assert.equal(await store.read(({ sessions }) => sessions.get('A')), undefined);
  });

  it('stores text with NUL characters, without them', async (test) => {
    const [store] = (await openNodes(test, await createDatabase(test), 1)) as [Store];
    await store.write(({ events }) => events.append(buildEvent('a\0b')));
    const [row] = await store.read(({ events }) => events.listAfter(0, 1));
    assert.equal(row?.topic, 'a\ufffdb');
  });

  it('is used again after its connections broke, also in the middle of a write', async (test) => {
    const url = await createDatabase(test);
    const [store] = (await openNodes(test, url, 1)) as [Store];
    const { epoch } = store;
    const broken = store.write(async ({ events }) => {
      await events.append(buildEvent('lost'));
      await breakConnections(url);
      await events.append(buildEvent('lost'));
    });
    await assert.rejects(broken, Unavailable);
    await waitFor(() =>
      store
        .write(({ events }) => events.append(buildEvent('kept')))
        .then(
          () => true,
          () => false,
        ),
    );
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
    await waitFor(() => other.write(({ events }) => events.append(buildEvent('next'))).catch(() => 0));
    resume();
    await assert.rejects(stuck, Unavailable);
    await waitFor(() => stopped.checkWritable().then(() => true));
  });

  it('is refused with a clear error if it is missing, and with no password', async (test) => {
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
