/** What is told is on disk: with a disk that flushes when the test lets it, or fails. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createFlush } from '../../../proxy/store/fsync.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { Unavailable } from '../../../proxy/util/errors.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { buildSessionRow } from '../../support/session.ts';

const STAMP = 'https://api.evalon.example';

/** The calls to the disk that wait for the test. */
function holdFlushes(test: TestContext): (() => void)[] {
  const held: (() => void)[] = [];
  const { fdatasync } = fs;
  fs.fdatasync = ((log: number, done: fs.NoParamCallback) => {
    held.push(() => fdatasync(log, done));
  }) as typeof fdatasync;
  syncBuiltinESMExports();
  test.after(() => {
    fs.fdatasync = fdatasync;
    syncBuiltinESMExports();
  });
  return held;
}

/** Whether it has come to an end once all has had its turn that can go on. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.finally(() => {
    over = true;
  });
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  return over;
}

describe('what was committed', () => {
  it('is told to nobody, neither who wrote it nor who reads it, before it is on disk', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const store = await openStore(join(folder, 'evalon.db'), STAMP, systemClock);
    const held = holdFlushes(test);
    const woken: string[] = [];
    store.onCommit(() => woken.push('woken'));
    const session = buildSessionRow('jane@example.com', new Date().toISOString());
    const writing = store.write(({ sessions }) => sessions.upsert(session));
    await waitFor(async () => held.length === 1);
    const reading = store.read(({ sessions }) => sessions.get(session.session_uuid));
    assert.deepEqual([await isOver(writing), await isOver(reading), woken], [false, false, []]);
    held.shift()?.();
    await writing;
    assert.equal((await reading)?.session_uuid, session.session_uuid);
    assert.deepEqual(woken, ['woken']);
    await store.read(({ sessions }) => sessions.get(session.session_uuid));
    assert.equal(held.length, 0, 'who only reads flushes nothing');
    await store.close();
  });

  it('is flushed once for all who committed before that began, and again for who came later', async () => {
    const begun: (() => void)[] = [];
    const flush = createFlush(
      () => new Promise((done) => begun.push(done)),
      () => assert.fail(),
    );
    await flush.durable();
    flush.committed();
    flush.committed();
    const early = Promise.all([flush.durable(), flush.durable()]);
    flush.committed();
    const late = flush.durable();
    begun.shift()?.();
    await early;
    assert.equal(await isOver(late), false);
    assert.equal(begun.length, 1);
    begun.shift()?.();
    await late;
  });

  it('is never said to be on disk once the disk has failed, also where it would answer again', async () => {
    const failures: unknown[] = [];
    const answers = [Promise.reject(new Error('EIO')), Promise.resolve()];
    const flush = createFlush(
      async () => answers.shift(),
      (error) => failures.push(error),
    );
    flush.committed();
    await Promise.all([assert.rejects(flush.durable(), Unavailable), assert.rejects(flush.durable(), Unavailable)]);
    flush.committed();
    await assert.rejects(flush.durable(), Unavailable);
    assert.equal(failures.length, 1);
  });
});
