import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Client } from 'pg';
import { waitFor } from '../support/eventually.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { REPLICA_NAME, startPostgresServer, type TestDatabase } from '../support/postgres-server.ts';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function createDatabase(test: TestContext): Promise<TestDatabase> {
  const database = await createPostgresDatabase();
  test.after(() => database.drop());
  return database;
}

describe('the tests’ PostgreSQL server', () => {
  it('is version 18 with a collation other than C', async (t) => {
    const { url } = await createDatabase(t);
    // With the collation C, all capitals come before all small letters.
    const [row] = await query(
      url,
      `SELECT current_setting('server_version_num')::int / 10000 AS version, 'a' < 'B' AS sorted`,
    );
    assert.deepEqual(row, { version: 18, sorted: true });
  });

  it('gives every test its own database on one server', async (t) => {
    const [first, second] = await Promise.all([createDatabase(t), createDatabase(t)]);
    await query(first.url, 'CREATE TABLE only_here (id int)');
    await assert.rejects(query(second.url, 'SELECT * FROM only_here'), /does not exist/);
    assert.equal(new URL(first.url).port, new URL(second.url).port);
  });

  it('gives a test a role without superuser rights', async (t) => {
    const { url } = await createDatabase(t);
    assert.deepEqual(await query(url, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user'), [
      { rolsuper: false },
    ]);
  });

  it('keeps committed rows after SIGKILL, and fails over to a replica', async (t) => {
    const primary = await startPostgresServer();
    t.after(() => primary.remove());
    const { url } = await primary.createDatabase();
    await query(url, 'CREATE TABLE numbers (n int)');
    const replica = await primary.createReplica();
    t.after(() => replica.remove());
    await primary.configure({ synchronous_standby_names: `'${REPLICA_NAME}'` });
    await waitFor(
      async () => (await primary.query(`SELECT FROM pg_stat_replication WHERE sync_state = 'sync'`)).rowCount,
    );
    await query(url, 'INSERT INTO numbers VALUES (1)');
    await primary.kill();
    await primary.start();
    await query(url, 'INSERT INTO numbers VALUES (2)');
    await primary.kill();
    await replica.promote();
    const replicaUrl = url.replace(`:${primary.port}/`, `:${replica.port}/`);
    await query(replicaUrl, 'INSERT INTO numbers VALUES (3)');
    assert.deepEqual(await query(replicaUrl, 'SELECT n FROM numbers ORDER BY n'), [{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
});
