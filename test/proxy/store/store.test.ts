import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import type { NewEvent, NewWebhook, WebhookRow } from '../../../proxy/store/schema.ts';
import type { Queries } from '../../../proxy/store/store.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { SettingsError } from '../../../proxy/util/errors.ts';
import { waitFor } from '../../support/eventually.ts';
import { createFilePath, EVALON_URL, withStore } from '../../support/store-file.ts';
import { openStore, SQLITE_ONLY } from '../../support/test-database.ts';

/** A time after the times of all rows. */
const FAR_FUTURE = '9999';
/** A limit that no test reaches. */
const NO_LIMIT = 100;
const COMPLETION_EVENT = 'session.completed';

function buildWebhook(n: number, received_at = '2026-01-15T14:30:00.000Z'): NewWebhook {
  return {
    dedupe_key: `key-${n}`,
    session_uuid: `sess_${n}`,
    event: 'session.opened',
    received_at,
    dedupe_until: null,
  };
}

/** Stores webhooks, and moves everything pending to `state`. */
async function insertWithState(
  { webhooks }: Queries,
  rows: readonly NewWebhook[],
  state: WebhookRow['state'],
): Promise<void> {
  await webhooks.insert(rows, COMPLETION_EVENT);
  const pending = await webhooks.listPending(NO_LIMIT);
  await webhooks.setState(
    pending.map(({ id }) => id),
    state,
  );
}

const buildEvent = (n: number): NewEvent => ({
  type: 'session',
  topic: 'a@example.com',
  session_uuid: `sess_${n}`,
  project_id: 'p',
  data: '{}',
});

describe('the store', () => {
  it('keeps its epoch and its rows across a restart', async () => {
    const file = createFilePath();
    let epoch = '';
    await withStore(async (store) => {
      epoch = store.epoch;
      await store.write(({ events }) => events.append(buildEvent(1)));
    }, file);
    await withStore(async (store) => {
      assert.equal(store.epoch, epoch);
      assert.equal(await store.read(({ events }) => events.getNewestSeq()), 1);
    }, file);
  });

  it('fsyncs every commit: it serves with synchronous=FULL', { skip: SQLITE_ONLY }, async (test) => {
    const connections = new Set<Database.Database>();
    const { prepare } = Database.prototype;
    test.mock.method(Database.prototype, 'prepare', function (this: Database.Database, sql: string) {
      connections.add(this);
      return prepare.call(this, sql);
    });
    await withStore(async (store) => {
      connections.clear();
      await store.write(({ events }) => events.append(buildEvent(1)));
      const levels = [...connections].map((connection) => connection.pragma('synchronous', { simple: true }));
      const full = 2;
      assert.deepEqual(levels, [full]);
    }, createFilePath());
  });

  it('begins a new epoch if a copy replaces the file, and keeps all other data', { skip: SQLITE_ONLY }, async () => {
    const file = createFilePath();
    const epochs: string[] = [];
    const serve = () =>
      withStore(async (store) => {
        epochs.push(store.epoch);
        if (epochs.length === 1) await store.write(({ events }) => events.append(buildEvent(1)));
        assert.equal(await store.read(({ events }) => events.getNewestSeq()), 1);
      }, file);
    await serve();
    copyFileSync(file, `${file}.copy`);
    await serve();
    copyFileSync(`${file}.copy`, file);
    await serve();
    await serve();
    // Without the lock file, the store cannot tell whether a copy replaced the database.
    rmSync(`${file}.lock`);
    await serve();
    const [first, restarted, copied, copyRestarted, withoutLock] = epochs;
    assert.deepEqual([restarted, copyRestarted], [first, copied]);
    assert.equal(new Set([first, copied, withoutLock]).size, 3);
  });

  it('allows only its own user to read its files', {
    skip: process.platform === 'win32' ? 'Windows has no file modes' : SQLITE_ONLY,
  }, async () => {
    const file = createFilePath();
    await withStore(async (store) => {
      await store.write(({ events }) => events.append(buildEvent(1)));
      for (const suffix of ['', '-wal', '-shm']) assert.equal(statSync(`${file}${suffix}`).mode & 0o077, 0, suffix);
    }, file);
  });

  it('refuses a second process, even through a symbolic link', { skip: SQLITE_ONLY }, async () => {
    const file = createFilePath();
    await withStore(async () => {
      symlinkSync(file, `${file}.link`);
      for (const name of [file, `${file}.link`]) {
        await assert.rejects(openStore(name, EVALON_URL, systemClock), (error) => {
          assert.ok(error instanceof SettingsError);
          return /another proxy is serving/.test(error.message);
        });
      }
    }, file);
    await withStore(async () => {}, file);
  });

  it('refuses a database that belongs to another Evalon', async () => {
    const file = createFilePath();
    await withStore(async () => {}, file);
    await assert.rejects(
      openStore(file, 'https://staging.evalon.example', systemClock),
      /belongs to https:\/\/api\.evalon\.example/,
    );
  });

  it('refuses a folder that it cannot write, and a file that is not a database', { skip: SQLITE_ONLY }, async () => {
    await assert.rejects(openStore('/proc/evalon.db', EVALON_URL, systemClock), SettingsError);
    const file = join(mkdtempSync(join(tmpdir(), 'store-')), 'notes.txt');
    writeFileSync(file, 'this is not a database, but it is long enough to be read as one. '.repeat(20));
    await assert.rejects(openStore(file, EVALON_URL, systemClock), SettingsError);
  });

  it('rolls back a change that fails midway, and calls no listener', async () => {
    await withStore(async (store) => {
      let calls = 0;
      store.onCommit(() => {
        calls += 1;
      }, ['events']);
      const changeAndFail = () =>
        store.write(async ({ events }) => {
          await events.append(buildEvent(1));
          throw new Error('midway');
        });
      // Until PostgreSQL's notifications arrive, the store polls, and a poll calls all listeners.
      await waitFor(async () => {
        calls = 0;
        await assert.rejects(changeAndFail, /midway/);
        assert.equal(await store.read(({ events }) => events.getNewestSeq()), 0);
        return calls === 0;
      });
    });
  });

  it('calls only the listeners of the tables in which a commit changed rows', async () => {
    await withStore(async (store) => {
      const called: string[] = [];
      store.onCommit(() => called.push('any'));
      store.onCommit(() => called.push('events'), ['events']);
      const stop = store.onCommit(() => called.push('webhooks'), ['batches', 'webhooks']);
      let webhookNumber = 0;
      // Until PostgreSQL's notifications arrive, the store polls, and a poll calls all listeners.
      await waitFor(async () => {
        called.length = 0;
        await store.write(({ events }) => events.append(buildEvent(1)));
        assert.deepEqual(called.splice(0), ['any', 'events']);
        await store.write((queries) => queries.webhooks.insert([buildWebhook(++webhookNumber)], COMPLETION_EVENT));
        assert.deepEqual(called.splice(0), ['any', 'webhooks']);
        await store.write((queries) => queries.webhooks.requeueWaiting('sess_unknown'));
        assert.deepEqual(called.splice(0), ['any']);
        return true;
      });
      stop();
      await waitFor(async () => {
        called.length = 0;
        await store.write((queries) => queries.webhooks.insert([buildWebhook(++webhookNumber)], COMPLETION_EVENT));
        assert.deepEqual(called.splice(0), ['any']);
        return true;
      });
    });
  });
});

describe('stored webhooks', () => {
  it('that Evalon resends become pending again only if they are dead letters or applied completions', async () => {
    await withStore(async (store) => {
      const pending = await store.write(async (queries) => {
        const completion = { ...buildWebhook(3), event: COMPLETION_EVENT };
        const waiting = { ...buildWebhook(4), event: COMPLETION_EVENT };
        await insertWithState(queries, [buildWebhook(1)], 'failed');
        await insertWithState(queries, [buildWebhook(2), completion], 'applied');
        await insertWithState(queries, [waiting], 'waiting');
        await queries.webhooks.insert([buildWebhook(1), buildWebhook(2), completion, waiting], COMPLETION_EVENT);
        return queries.webhooks.listPending(NO_LIMIT);
      });
      assert.deepEqual(
        pending.map(({ dedupe_key, attempts }) => [dedupe_key, attempts]),
        [
          ['key-1', 0],
          ['key-3', 0],
        ],
      );
    });
  });

  it('are listed in the order of their arrival, whatever the clocks of the nodes show', async () => {
    await withStore(async (store) => {
      const at = (second: number) => `2026-01-15T14:30:${String(second).padStart(2, '0')}.000Z`;
      const receive = (n: number, second: number) => ({
        ...buildWebhook(n, at(second)),
        dedupe_until: at(second + 20),
      });
      const pending = await store.write(async ({ webhooks }) => {
        await webhooks.insert([receive(1, 10)], COMPLETION_EVENT);
        await webhooks.insert([receive(2, 8)], COMPLETION_EVENT);
        // Webhook 1 at 31 s is a new event, because its `dedupe_until` has passed. A node with a slow clock then
        // receives a copy of it at 29 s.
        await webhooks.insert([receive(3, 31), receive(1, 31)], COMPLETION_EVENT);
        await webhooks.insert([receive(1, 29)], COMPLETION_EVENT);
        return webhooks.listPending(NO_LIMIT);
      });
      assert.deepEqual(
        pending.map(({ dedupe_key, received_at }) => [dedupe_key, received_at]),
        [
          ['key-2', at(8)],
          ['key-3', at(31)],
          ['key-1', at(31)],
        ],
      );
    });
  });

  it('are pruned by age and by number, except pending webhooks', async () => {
    await withStore(async (store) => {
      const old = '2020-01-01T00:00:00.000Z';
      const keptCount = 3;
      await store.write(async (queries) => {
        await insertWithState(
          queries,
          [buildWebhook(1, old), ...[2, 3, 4, 5, 6].map((n) => buildWebhook(n, `2026-01-15T14:3${n}:00.000Z`))],
          'waiting',
        );
        await insertWithState(queries, [buildWebhook(0, old)], 'pending');
        await queries.webhooks.prune('2026-01-01T00:00:00.000Z', keptCount, NO_LIMIT);
        // Makes the remaining webhooks pending, so that `listPending` lists them.
        for (let n = 1; n <= 6; n++) await queries.webhooks.requeueWaiting(`sess_${n}`);
      });
      const kept = await store.read(({ webhooks }) => webhooks.listPending(NO_LIMIT));
      assert.deepEqual(
        kept.map(({ session_uuid }) => session_uuid),
        ['sess_4', 'sess_5', 'sess_6', 'sess_0'],
      );
    });
  });

  it('are erased with their session, in any state', async () => {
    await withStore(async (store) => {
      const erased = await store.write(async (queries) => {
        await insertWithState(queries, [buildWebhook(1), buildWebhook(2)], 'applied');
        await queries.webhooks.insert([{ ...buildWebhook(1), dedupe_key: 'key-1b' }], COMPLETION_EVENT);
        return queries.webhooks.erase(['sess_1']);
      });
      assert.equal(erased, 2);
      assert.equal(await store.read(({ webhooks }) => webhooks.countByState('pending')), 0);
      assert.equal(await store.read(({ webhooks }) => webhooks.countByState('applied')), 1);
    });
  });
});

describe('pruning', () => {
  it('deletes a limited number of rows at a time, and returns how many it deleted', async () => {
    await withStore(async (store) => {
      const entry = { action: 'seen', detail: null, issuer: null, actor: null, candidate: null, session: null };
      await store.write(async (queries) => {
        const old = [1, 2, 3].map((n) => buildWebhook(n, '2020-01-01T00:00:00.000Z'));
        await insertWithState(queries, old, 'waiting');
        for (let n = 1; n <= 4; n++) await queries.events.append(buildEvent(n));
        const entries = [1, 2, 3].map((times) => ({ ...entry, project_id: null, request_id: null, times }));
        await queries.audit.append(...entries);
      });
      const rowsAtATime = 2;
      const prune = () =>
        store.write(async ({ webhooks, events, audit }) => [
          await webhooks.prune(FAR_FUTURE, NO_LIMIT, rowsAtATime),
          await events.prune(FAR_FUTURE, NO_LIMIT, rowsAtATime),
          await audit.prune(FAR_FUTURE, rowsAtATime),
        ]);
      assert.deepEqual(
        [await prune(), await prune(), await prune()],
        [
          [2, 2, 2],
          [1, 1, 1],
          [0, 0, 0],
        ],
      );
      assert.equal(await store.read(({ events }) => events.getOldestSeq()), 4);
    });
  });

  it('keeps the newest event, so that its seq is not reused', async () => {
    await withStore(async (store) => {
      await store.write(async ({ events }) => {
        for (let n = 1; n <= 5; n++) await events.append(buildEvent(n));
        await events.prune(FAR_FUTURE, NO_LIMIT, NO_LIMIT);
      });
      const { head, oldest } = await store.read(async ({ events }) => ({
        head: await events.getNewestSeq(),
        oldest: await events.getOldestSeq(),
      }));
      assert.deepEqual({ head, oldest }, { head: 5, oldest: 5 });
    });
  });
});
