/** Copies the SQLite database of a stopped proxy to PostgreSQL, with `npm run admin -- copy-to`. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openStore } from '../../../proxy/store/store.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { runAdminCli } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE, type RecruiterClient } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';
import { createTempFolder, startProxy } from '../../support/proxy.ts';
import { SQLITE_ONLY } from '../../support/test-database.ts';

const EVALON_URL = 'https://api.evalon.example';
/** The exit codes of the command. */
const USAGE_ERROR = 64;
const SETTINGS_ERROR = 78;
const HOUR_MS = 60 * 60_000;
/** As large as the largest ids and times in a real database. */
const LARGE_ID = 2 ** 40;
const TEXTS = ['', 'Ä "quoted", \\u0000 and \\', 'two\nlines\t\u0001\u2028', '𝄞 {"json":[null]}', 'with a NUL \0.'];

interface Databases {
  /** The SQLite file to copy. */
  file: string;
  /** The empty PostgreSQL database. */
  url: string;
  password: string;
}

async function createDatabases(test: TestContext): Promise<Databases> {
  const { folder, remove } = createTempFolder();
  const { url, drop } = await createPostgresDatabase();
  test.after(remove);
  test.after(drop);
  return { file: join(folder, 'evalon.db'), url, password: new URL(url).password };
}

/** Creates the SQLite file if it does not exist, and applies the change to its database. */
async function createFile(file: string, change: (database: Database.Database) => void): Promise<void> {
  await (await openStore(file, EVALON_URL, systemClock)).close();
  const database = new Database(file);
  change(database);
  database.close();
}

const copy = ({ file, url }: Pick<Databases, 'file' | 'url'>) =>
  runAdminCli({ DATABASE_URL: `file:${file}` }, ['copy-to', url]);

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function countTables(url: string): Promise<number> {
  return (await query(url, "select from pg_tables where schemaname = 'public'")).length;
}

function listTables(database: Database.Database): string[] {
  const statement = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
  return (database.prepare(statement).pluck().all() as string[]).filter((name) => !name.startsWith('kysely_'));
}

/** Adds one row for each of the texts to each table. The row has a value in each column. */
function fillAllTables(database: Database.Database): void {
  for (const table of listTables(database)) {
    const columns = database.pragma(`table_info(${table})`) as { name: string; type: string; pk: number }[];
    const insert = database.prepare(`insert into ${table} values (${columns.map(() => '?')})`);
    for (const [n, text] of TEXTS.entries()) {
      const values: Record<string, unknown> = { TEXT: `${n}${text}`, INTEGER: n, 'DOUBLE PRECISION': n + 0.1 };
      insert.run(
        columns.map(({ type, pk }) =>
          pk && type.toUpperCase() === 'INTEGER' ? LARGE_ID + n : values[type.toUpperCase()],
        ),
      );
    }
  }
}

/** Returns everything that a recruiter sees of this session and this batch, except the cursor. */
async function readResponses(recruiter: RecruiterClient, sessionUuid: string, batchId: string) {
  const { cursor: _, ...list } = (await recruiter.list({})).body;
  const bodies = [];
  for (const path of [
    `/v1/sessions/${sessionUuid}`,
    `/v1/sessions/${sessionUuid}/scorecard`,
    `/v1/sessions/${sessionUuid}/timeline`,
    `/v1/batches/${batchId}`,
  ]) {
    bodies.push((await recruiter.get(path)).body);
  }
  return { list, bodies };
}

describe('copy-to', { skip: SQLITE_ONLY }, () => {
  it('copies everything, and a proxy on PostgreSQL continues after the last event', async (test) => {
    const { file, url, password } = await createDatabases(test);
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const proxy = await startProxy(evalon, { DATABASE_URL: `file:${file}` });
    const recruiter = await createRecruiterClient(proxy.url);
    const { session_uuid } = (await recruiter.invite()).body;
    await recruiter.post(`/v1/sessions/${session_uuid}/handovers`, { kind: 'invite', channel: 'link' });
    await evalon.completeSession(session_uuid);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    const batchId = await createBatch(recruiter, buildBatchRequest(3));
    await waitForBatch(recruiter, batchId);
    const before = await readResponses(recruiter, session_uuid, batchId);
    const { cursor } = (await recruiter.query(JANE)).body;
    await proxy.close();

    const { code, out, err } = await copy({ file, url });
    assert.equal(code, 0, err);
    assert.match(out, /^Copied and compared sessions: 4 rows\.$/m);
    assert.doesNotMatch(out + err, new RegExp(password));
    const node = await startProxy(evalon, { DATABASE_URL: url });
    test.after(() => node.close());
    const colleague = await createRecruiterClient(node.url);
    assert.deepEqual(await readResponses(colleague, session_uuid, batchId), before);

    const staleStream = await colleague.openStream([JANE], cursor);
    assert.equal((await staleStream.waitForFrame(() => true)).event, 'reset');
    staleStream.close();
    const { cursor: newCursor } = (await colleague.query(JANE)).body;
    assert.notEqual(newCursor, cursor);
    const stream = await colleague.openStream([JANE], newCursor);
    await evalon.sendEvent(session_uuid, 'session.archived');
    const frame = await stream.waitForFrame(({ event }) => event === 'session');
    assert.equal(frame.data.last_event, 'session.archived');
    assert.equal(Number(frame.id?.split('.')[1]), Number(newCursor.split('.')[1]) + 1);
    stream.close();
  });

  it('copies each column of each table, with any text', async (test) => {
    const { file, url } = await createDatabases(test);
    await createFile(file, fillAllTables);
    const { code, err } = await copy({ file, url });
    assert.equal(code, 0, err);
    const database = new Database(file);
    test.after(() => database.close());
    pg.types.setTypeParser(pg.types.builtins.INT8, Number);
    for (const table of listTables(database)) {
      const source = database.prepare(`select * from ${table}`).all();
      assert.ok(source.length >= TEXTS.length, table);
      // PostgreSQL cannot store NUL, so the copy has a replacement character.
      const expected = source.map((row) => JSON.stringify(row).replace(/(?<!\\)\\u0000/g, '\ufffd'));
      const copied = (await query(url, `select * from ${table}`)).map((row) => JSON.stringify(row));
      // The copy adds this value to `meta`.
      const isFromSource = (row: string) => table !== 'meta' || !row.includes('due_clock_ahead_ms');
      assert.deepEqual(copied.filter(isFromSource).sort(), expected.sort(), table);
    }
    const [{ id } = { id: undefined }] = await query(
      url,
      `insert into session_history (session_uuid, type, at) values ('', '', '') returning id`,
    );
    assert.equal(id, LARGE_ID + TEXTS.length);
    const indexes = "select indexdef from pg_indexes where schemaname = 'public' order by 1";
    const { url: newDatabase, drop } = await createPostgresDatabase();
    test.after(drop);
    await (await openStore(newDatabase, EVALON_URL, systemClock)).close();
    assert.deepEqual(await query(url, indexes), await query(newDatabase, indexes));
  });

  it('never uses an id again, even if the newest row was deleted', async (test) => {
    const { file, url } = await createDatabases(test);
    await createFile(file, (database) => {
      database.exec("insert into session_history (id, session_uuid, type, at) values (41, '', '', '')");
      database.exec('delete from session_history');
    });
    assert.equal((await copy({ file, url })).code, 0);
    const inserted = await query(
      url,
      "insert into session_history (session_uuid, type, at) values ('', '', '') returning id",
    );
    assert.equal(Number(inserted[0]?.['id']), 42);
  });

  it('lets the due clock continue, even if it differs from the clock of the database server', async (test) => {
    const { file, url } = await createDatabases(test);
    // An hour ahead of the wall clock.
    const dueClock = { due: Date.now() + HOUR_MS, wall: Date.now(), monotonic: 0, bootId: 'an earlier boot' };
    await createFile(file, (database) =>
      database.prepare("insert or replace into meta values ('due_clock', ?)").run(JSON.stringify(dueClock)),
    );
    assert.equal((await copy({ file, url })).code, 0);
    const store = await openStore(url, EVALON_URL, systemClock);
    test.after(() => store.close());
    const aheadMinutes = Math.round((store.dueClock.now() - Date.now()) / 60_000);
    assert.equal(aheadMinutes, 60);
  });

  it('refuses to run twice', async (test) => {
    const { file, url } = await createDatabases(test);
    await createFile(file, () => {});
    assert.equal((await copy({ file, url })).code, 0);
    const before = await query(url, 'select * from meta order by key');
    const second = await copy({ file, url });
    assert.equal(second.code, SETTINGS_ERROR);
    assert.match(second.err, /^The database postgres:\S+ already has the table \w+: name an empty database\n$/);
    assert.deepEqual(await query(url, 'select * from meta order by key'), before);
  });

  it('refuses while a proxy serves the file', async (test) => {
    const { file, url } = await createDatabases(test);
    const store = await openStore(file, EVALON_URL, systemClock);
    const refused = await copy({ file, url });
    assert.deepEqual([refused.code, /another proxy is serving/.test(refused.err)], [SETTINGS_ERROR, true]);
    assert.equal(await countTables(url), 0);
    await store.close();
    assert.equal((await copy({ file, url })).code, 0);
  });

  it('changes nothing if a row cannot be copied, and works once the row is correct', async (test) => {
    const { file, url } = await createDatabases(test);
    await createFile(file, (database) => {
      database.exec("insert into score_counts values ('project', 'type', 82, 'not a number')");
    });
    const failed = await copy({ file, url });
    assert.deepEqual([failed.code, /failed and was undone/.test(failed.err)], [1, true]);
    assert.equal(await countTables(url), 0);
    await createFile(file, (database) => database.exec('update score_counts set sessions = 1'));
    assert.equal((await copy({ file, url })).code, 0);
  });

  it('reads the URL from standard input, and never shows its password', async (test) => {
    const { file, url, password } = await createDatabases(test);
    const settings = { DATABASE_URL: `file:${file}` };
    await createFile(file, () => {});
    const runs = [
      await runAdminCli(settings, ['copy-to'], `mysql://evalon:${password}@127.0.0.1/evalon\n`),
      await runAdminCli(settings, ['copy-to'], `${url}_missing\n`),
      await runAdminCli({ DATABASE_URL: `file:${file}.missing` }, ['copy-to', url]),
      await runAdminCli({ DATABASE_URL: url }, ['copy-to', url]),
      await runAdminCli(settings, ['copy-to'], `${url}\n`),
    ];
    assert.deepEqual(
      runs.map(({ code }) => code),
      [SETTINGS_ERROR, SETTINGS_ERROR, SETTINGS_ERROR, SETTINGS_ERROR, 0],
    );
    for (const { out, err } of runs) assert.doesNotMatch(out + err, new RegExp(password));
    assert.equal((await runAdminCli(settings, ['copy-to', url, url])).code, USAGE_ERROR);
  });
});
