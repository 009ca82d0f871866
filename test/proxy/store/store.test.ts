import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { COMPLETION_EVENT } from '../../../proxy/evalon/schemas.ts';
import type { NewEvent, NewWebhook, WebhookRow } from '../../../proxy/store/schema.ts';
import { openStore, type Queries, type Store } from '../../../proxy/store/store.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { SettingsError } from '../../../proxy/util/errors.ts';

const EVALON = 'https://api.evalon.example';

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'store-')), 'deeper', 'evalon.db');
}

function webhook(n: number, received_at = '2026-01-15T14:30:00.000Z'): NewWebhook {
  return { dedupe_key: `key-${n}`, session_uuid: `sess_${n}`, event: 'session.opened', received_at };
}

/** Puts webhooks into the inbox, and those that are pending there into a state. */
async function takeIn(
  { webhooks: inbox }: Queries,
  webhooks: readonly NewWebhook[],
  state: WebhookRow['state'],
): Promise<void> {
  await inbox.insert(webhooks);
  await inbox.dedupeArrivals(100, COMPLETION_EVENT);
  const pending = await inbox.listPending(100);
  const ids = pending.map(({ id }) => id);
  await inbox.setState(ids, state);
}

const event = (n: number): NewEvent => ({
  type: 'session',
  topic: 'a@example.com',
  session_uuid: `sess_${n}`,
  project_id: 'p',
  data: '{}',
});

async function withStore(run: (store: Store) => Promise<void>, file = ':memory:'): Promise<void> {
  const store = await openStore(file, EVALON, systemClock);
  try {
    await run(store);
  } finally {
    await store.close();
  }
}

describe('the store', () => {
  it('keeps its epoch over a restart, and what was written', async () => {
    const file = newFile();
    let epoch = '';
    await withStore(async (store) => {
      epoch = store.epoch;
      await store.write(({ events }) => events.append(event(1)));
    }, file);
    await withStore(async (store) => {
      assert.equal(store.epoch, epoch);
      assert.equal(await store.read(({ events }) => events.head()), 1);
    }, file);
  });

  it('can be opened whatever statement of its making was the last before a crash', async (test) => {
    const file = newFile();
    const crashes: string[] = [];
    const { prepare } = Database.prototype;
    test.mock.method(Database.prototype, 'prepare', function (this: Database.Database, sql: string) {
      // What a process that is killed leaves: its files, less the index of the log, which is made anew.
      const left = newFile();
      mkdirSync(dirname(left));
      for (const end of ['', '-wal'].filter((end) => existsSync(file + end))) copyFileSync(file + end, left + end);
      crashes.push(left);
      return prepare.call(this, sql);
    });
    await withStore(async () => {}, file);
    test.mock.restoreAll();
    assert.ok(crashes.length > 30, String(crashes.length));
    for (const left of crashes) await withStore((store) => store.checkWritable(), left);
  });

  it('begins a new epoch where a copy was put in the place of the file, and keeps all else', async () => {
    const file = newFile();
    const epochs: string[] = [];
    const serve = () =>
      withStore(async (store) => {
        epochs.push(store.epoch);
        if (epochs.length === 1) await store.write(({ events }) => events.append(event(1)));
        assert.equal(await store.read(({ events }) => events.head()), 1);
      }, file);
    await serve();
    copyFileSync(file, `${file}.copy`);
    await serve();
    copyFileSync(`${file}.copy`, file);
    await serve();
    await serve();
    rmSync(`${file}.lock`);
    await serve();
    const [first, again, copied, continued, moved] = epochs;
    assert.deepEqual([again, continued], [first, copied]);
    assert.equal(new Set([first, copied, moved]).size, 3);
  });

  it('is for the eyes of its own user only, and so is its write-ahead log', {
    skip: process.platform === 'win32' ? 'Windows has no such rights' : false,
  }, async () => {
    const file = newFile();
    await withStore(async (store) => {
      await store.write(({ events }) => events.append(event(1)).then(() => {}));
      for (const suffix of ['', '-wal', '-shm']) assert.equal(statSync(`${file}${suffix}`).mode & 0o077, 0, suffix);
    }, file);
  });

  it('is served by one process at a time', async () => {
    const file = newFile();
    await withStore(async () => {
      await assert.rejects(openStore(file, EVALON, systemClock), (error) => {
        assert.ok(error instanceof SettingsError);
        return /another proxy is serving/.test(error.message);
      });
    }, file);
    await withStore(async () => {}, file);
  });

  it('is served by one process at a time also under another name', async () => {
    const file = newFile();
    await withStore(async () => {
      symlinkSync(file, `${file}.link`);
      await assert.rejects(openStore(`${file}.link`, EVALON, systemClock), /another proxy is serving/);
    }, file);
  });

  it('refuses a database that belongs to another Evalon', async () => {
    const file = newFile();
    await withStore(async () => {}, file);
    await assert.rejects(
      openStore(file, 'https://staging.evalon.example', systemClock),
      /belongs to https:\/\/api\.evalon\.example/,
    );
  });

  it('refuses a folder that it cannot write, and a file that is no database', async () => {
    await assert.rejects(openStore('/proc/evalon.db', EVALON, systemClock), SettingsError);
    const file = join(mkdtempSync(join(tmpdir(), 'store-')), 'notes.txt');
    writeFileSync(file, 'this is no database, but it is long enough to be looked at as one. '.repeat(20));
    await assert.rejects(openStore(file, EVALON, systemClock), SettingsError);
  });

  it('undoes all of a change that fails midway, and wakes nobody', async () => {
    await withStore(async (store) => {
      let woken = 0;
      store.onCommit(() => {
        woken += 1;
      });
      await assert.rejects(
        store.write(async ({ events }) => {
          await events.append(event(1));
          throw new Error('midway');
        }),
        /midway/,
      );
      assert.equal(await store.read(({ events }) => events.head()), 0);
      assert.equal(woken, 0);
    });
  });

  it('keeps at most the newest waiting webhooks and forgets old ones, but never a pending one', async () => {
    await withStore(async (store) => {
      await store.write(async (queries) => {
        const { webhooks: inbox } = queries;
        await takeIn(
          queries,
          [webhook(1, '2020-01-01T00:00:00.000Z'), ...[2, 3, 4, 5, 6].map((n) => webhook(n))],
          'waiting',
        );
        await takeIn(queries, [webhook(0, '2020-01-01T00:00:00.000Z')], 'pending');
        await inbox.prune('2026-01-01T00:00:00.000Z', 3, 100);
        for (let n = 1; n <= 6; n++) await inbox.requeueWaiting(`sess_${n}`);
      });
      const kept = await store.read(({ webhooks: inbox }) => inbox.listPending(100));
      assert.deepEqual(
        kept.map(({ session_uuid }) => session_uuid),
        ['sess_0', 'sess_4', 'sess_5', 'sess_6'],
      );
    });
  });

  it('erases what it keeps of a session, what is still on its way to the inbox too', async () => {
    await withStore(async (store) => {
      const erased = await store.write(async (queries) => {
        await takeIn(queries, [webhook(1), webhook(2)], 'done');
        await queries.webhooks.insert([webhook(1), webhook(2)]);
        return queries.webhooks.erase(['sess_1']);
      });
      assert.equal(erased, 2);
      assert.equal(await store.read(({ webhooks: inbox }) => inbox.countByState()), 1);
      assert.equal(await store.read(({ webhooks: inbox }) => inbox.countByState('done')), 1);
    });
  });

  it('forgets a bounded number at a time, and answers how many', async () => {
    await withStore(async (store) => {
      const entry = { action: 'seen', detail: null, issuer: null, actor: null, candidate: null, session: null };
      await store.write(async (queries) => {
        const { events, audit } = queries;
        const old = [1, 2, 3].map((n) => webhook(n, '2020-01-01T00:00:00.000Z'));
        await takeIn(queries, old, 'waiting');
        for (let n = 1; n <= 4; n++) await events.append(event(n));
        await audit.append(...[1, 2, 3].map((times) => ({ ...entry, project_id: null, request_id: null, times })));
      });
      const pruned = () =>
        store.write(async ({ webhooks: inbox, events, audit }) => [
          await inbox.prune('9999', 100, 2),
          await events.prune('9999', 100, 2),
          await audit.prune('9999', 2),
        ]);
      assert.deepEqual(
        [await pruned(), await pruned(), await pruned()],
        [
          [2, 2, 2],
          [1, 1, 1],
          [0, 0, 0],
        ],
      );
      assert.equal(await store.read(({ events }) => events.getOldestSeq()), 4);
    });
  });

  it('forgets old events but remembers how far it had counted', async () => {
    await withStore(async (store) => {
      await store.write(async ({ events }) => {
        for (let n = 1; n <= 5; n++) await events.append(event(n));
        await events.prune('9999', 10, 100);
      });
      const { head, oldest } = await store.read(async ({ events }) => ({
        head: await events.head(),
        oldest: await events.getOldestSeq(),
      }));
      assert.deepEqual({ head, oldest }, { head: 5, oldest: 5 });
    });
  });
});
