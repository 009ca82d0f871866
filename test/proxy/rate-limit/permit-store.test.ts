/** The stored permits of the rate limiter: across restarts, crashes, clock jumps and failures of the database. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import { openPermitStore } from '../../../proxy/rate-limit/permit-store.ts';
import { PRIORITIES, type Priority } from '../../../proxy/rate-limit/priorities.ts';
import { type CallScheduler, createCallScheduler } from '../../../proxy/rate-limit/scheduler.ts';
import type { Store } from '../../../proxy/store/store.ts';
import { type Clock, systemClock } from '../../../proxy/util/clock.ts';
import { RateLimited, Unavailable } from '../../../proxy/util/errors.ts';
import { blockWrites } from '../../support/db-lock.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createTempFolder } from '../../support/proxy.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { createStrictRateCounter } from '../../support/strict-rate-counter.ts';
import { openStore } from '../../support/test-database.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Event loop ticks after each timer: enough for a transaction. */
const TICKS = 12;
const log = pino({ level: 'silent' });

async function startScheduler(
  store: Store,
  clock: Clock,
  { ratePerMinute, random = () => 0.5 }: { ratePerMinute: number; random?: () => number },
): Promise<CallScheduler> {
  const permits = await openPermitStore(store);
  return createCallScheduler({ ratePerMinute: () => ratePerMinute, permits, clock, random, log });
}

async function openTestStore(test: TestContext, clock: Clock, file = ':memory:'): Promise<Store> {
  const store = await openStore(file, 'https://api.evalon.example', clock);
  test.after(() => store.close());
  return store;
}

async function run<T>(scheduler: CallScheduler, priority: Priority, call: () => Promise<T>): Promise<T> {
  return (await scheduler.acquire(priority)).run(call);
}

const succeed = async () => {};
const fail429 = (retryAfterSeconds: number) => async () => {
  throw new RateLimited('', { retryAfterSeconds });
};

describe('stored permits', () => {
  it('keep the rate in every window, however often the process is killed', async (test) => {
    const ratePerMinute = 20;
    for (const seed of [1, 2]) {
      const random = createSeededRandom(seed);
      const clock = createTestClock({ ticksPerTimer: TICKS });
      const store = await openTestStore(test, clock);
      const rateCounter = createStrictRateCounter(clock, ratePerMinute, random);
      for (let process = 0; process < 10; process++) {
        let isAlive = true;
        /** A store that drops all writes, like a process that was killed. */
        const killableStore: Store = {
          ...store,
          write: (change) => (isAlive ? store.write(change) : new Promise(() => {})),
        };
        const scheduler = await startScheduler(killableStore, clock, { ratePerMinute, random });
        const call = async () => {
          if (isAlive) await rateCounter.call(50 + random() * 9_000);
        };
        for (let n = 0; n < 40; n++) {
          const priority = PRIORITIES[Math.floor(random() * PRIORITIES.length)] as Priority;
          clock.runAfter(random() * 40 * SECOND_MS, () => {
            if (isAlive) run(scheduler, priority, call).catch(() => {});
          });
        }
        await clock.advance(random() * 40 * SECOND_MS);
        isAlive = false;
        scheduler.close();
      }
      assert.equal(rateCounter.refusedCount, 0, `seed ${seed}`);
      // More calls than one process submits.
      assert.ok(rateCounter.arrivalTimes.length > 40, `seed ${seed}: ${rateCounter.arrivalTimes.length} calls`);
    }
  });

  it('are released 60 s after the response, and 15 s later if a crash lost the response', async (test) => {
    const clock = createTestClock();
    const store = await openTestStore(test, clock);
    const first = await startScheduler(store, clock, { ratePerMinute: 3 });
    await run(first, 'interactive', succeed);
    // The second call gets no response.
    void run(first, 'interactive', () => new Promise<void>(() => {}));
    await clock.advance(SECOND_MS);
    first.close();
    const second = await startScheduler(store, clock, { ratePerMinute: 3 });
    const remaining = async () => (await second.status()).remaining;
    assert.equal(await remaining(), 1);
    await clock.advance(59 * SECOND_MS + 1);
    assert.equal(await remaining(), 2);
    await clock.advance(14 * SECOND_MS);
    assert.equal(await remaining(), 2);
    await clock.advance(SECOND_MS);
    assert.equal(await remaining(), 3);
  });

  it('are not held for longer if the clock is set back between two processes', async (test) => {
    const clock = createTestClock();
    const store = await openTestStore(test, clock);
    const clockAhead = { ...clock, now: () => clock.now() + 300 * MINUTE_MS };
    const first = await startScheduler(store, clockAhead, { ratePerMinute: 1 });
    await run(first, 'interactive', succeed);
    const second = await startScheduler(store, clock, { ratePerMinute: 1 });
    assert.equal((await second.status()).remaining, 0);
    // A permit is held for 75 s at most.
    await clock.advance(76 * SECOND_MS);
    assert.equal((await second.status()).remaining, 1);
  });

  for (const [direction, jumpMs] of [
    ['forward', 2 * 60 * MINUTE_MS],
    ['back', -2 * 60 * MINUTE_MS],
  ] as const) {
    it(`keep the rate in any real minute if the clock is set ${direction}, even between two processes`, async (test) => {
      const { folder, remove } = createTempFolder();
      test.after(remove);
      const clock = createTestClock();
      const calls: number[] = [];
      const call = async () => void calls.push(clock.monotonic());
      const attempt = (scheduler: CallScheduler) => run(scheduler, 'interactive', call).catch(() => {});
      for (let process = 0; process < 4; process++) {
        const store = await openStore(`${folder}/evalon.db`, 'https://api.evalon.example', clock);
        const scheduler = await startScheduler(store, clock, { ratePerMinute: 3 });
        for (let n = 0; n < 4; n++) {
          void attempt(scheduler);
          clock.jump(n % 2 ? -jumpMs : jumpMs);
          await clock.advance(11 * SECOND_MS);
        }
        scheduler.close();
        await clock.advance(0);
        await store.close();
        clock.jump(process % 2 ? -jumpMs : jumpMs);
      }
      const maxCalls = Math.max(
        ...calls.map((from) => calls.filter((at) => at >= from && at < from + MINUTE_MS).length),
      );
      assert.equal(maxCalls, 3);
      // In the 176 s of the test, at most nine calls may start.
      assert.ok(calls.length >= 7, `${calls.length} calls`);
    });
  }

  it('are deleted once they are released', async (test) => {
    const clock = createTestClock();
    const store = await openTestStore(test, clock);
    const scheduler = await startScheduler(store, clock, { ratePerMinute: 1_000 });
    const callCount = 20;
    for (let n = 0; n < callCount; n++) {
      await run(scheduler, 'interactive', succeed);
      await clock.advance(20 * SECOND_MS);
    }
    const beforeStart = '2026-01-15T00:00:00.000Z';
    const releases = await store.read(({ permits }) => permits.listReleases(beforeStart, callCount));
    // A permit is held for 60 s, and there was a call every 20 s.
    assert.ok(releases.length <= 4, `${releases.length} of ${callCount} are stored`);
  });

  it('are stored with a cooldown that outlives the process', async (test) => {
    const clock = createTestClock();
    const store = await openTestStore(test, clock);
    const first = await startScheduler(store, clock, { ratePerMinute: 100 });
    await assert.rejects(run(first, 'interactive', fail429(40)), RateLimited);
    await clock.advance(10 * SECOND_MS);
    const second = await startScheduler(store, clock, { ratePerMinute: 100 });
    assert.equal((await second.status()).cooldownMs, 30 * SECOND_MS);
    await assert.rejects(run(second, 'interactive', succeed), (error: RateLimited) => error.retryAfterSeconds === 30);
    const requestedAt = clock.now();
    let startedAt = 0;
    void run(second, 'bulk', async () => {
      startedAt = clock.now();
    });
    await clock.advance(MINUTE_MS);
    assert.equal(startedAt - requestedAt, 30 * SECOND_MS);
  });

  it('are shared by two schedulers on one store', async (test) => {
    const clock = createTestClock({ ticksPerTimer: TICKS });
    const store = await openTestStore(test, clock);
    const schedulers = [
      await startScheduler(store, clock, { ratePerMinute: 10 }),
      await startScheduler(store, clock, { ratePerMinute: 10 }),
    ];
    const rateCounter = createStrictRateCounter(clock, 10, createSeededRandom(1));
    for (let n = 0; n < 60; n++) {
      void run(schedulers[n % 2] as CallScheduler, 'bulk', () => rateCounter.call(200));
    }
    await clock.advance(10 * MINUTE_MS);
    assert.deepEqual([rateCounter.refusedCount, rateCounter.arrivalTimes.length], [0, 60]);
  });
});

describe('other writes', () => {
  const readCooldown = (store: Store) => store.read(async ({ permits }) => (await permits.getLimits()).cooldownUntil);
  /** What the other writes store. */
  const cooldownUntil = '2026-01-15T12:00:00.000Z';

  it('in the commit of a permit are rolled back with the permit', async (test) => {
    const clock = createTestClock();
    const store = await openTestStore(test, clock);
    const scheduler = await startScheduler(store, clock, { ratePerMinute: 1 });
    const acquired = scheduler.acquire('interactive', {
      async record({ permits }) {
        await permits.extendCooldown(cooldownUntil);
        throw new Error('cannot be recorded');
      },
    });
    await assert.rejects(acquired, /cannot be recorded/);
    assert.equal(await readCooldown(store), undefined);
    assert.equal(await run(scheduler, 'interactive', async () => 'ok'), 'ok');
  });

  it('in the commit that ends a call return their result, and the permit is released even if they fail', async (test) => {
    const clock = createTestClock();
    const store = await openTestStore(test, clock);
    const scheduler = await startScheduler(store, clock, { ratePerMinute: 2 });
    const first = await scheduler.acquire('interactive');
    const stored = await first.run(
      async () => 82,
      async ({ permits }, result) => {
        await permits.extendCooldown(cooldownUntil);
        return `stored ${result}`;
      },
    );
    assert.deepEqual([stored, await readCooldown(store)], ['stored 82', cooldownUntil]);
    const second = await scheduler.acquire('interactive');
    const failing = second.run(
      async () => 82,
      async () => {
        throw new Error('cannot be stored');
      },
    );
    await assert.rejects(failing, /cannot be stored/);
    await clock.advance(MINUTE_MS + 1);
    assert.equal((await scheduler.status()).remaining, 2);
  });
});

describe('while the database accepts no writes', () => {
  it('no call starts, callers get an error, and calls start again afterwards', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const file = join(folder, 'evalon.db');
    const store = await openTestStore(test, systemClock, file);
    const scheduler = await startScheduler(store, systemClock, { ratePerMinute: 100 });
    const release = await blockWrites(test, file);
    let calls = 0;
    const count = (priority: Priority) => run(scheduler, priority, async () => (calls += 1));
    for (const refused of await Promise.allSettled([...PRIORITIES, ...PRIORITIES].map(count))) {
      assert.ok(refused.status === 'rejected' && refused.reason instanceof Unavailable);
    }
    assert.equal(calls, 0);
    assert.equal((await scheduler.status()).remaining, 100);
    await release();
    assert.equal(await count('interactive'), 1);
  });

  it('the result of a call is returned, and a cooldown still pauses the process', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const file = join(folder, 'evalon.db');
    const store = await openTestStore(test, systemClock, file);
    const scheduler = await startScheduler(store, systemClock, { ratePerMinute: 3 });
    let release = async () => {};
    /** A call during which the writes are blocked, so that its end cannot be stored. */
    const block = async () => {
      release = await blockWrites(test, file);
    };
    await run(scheduler, 'interactive', block);
    await release();
    const fail = async () => {
      await block();
      throw new RateLimited('', { retryAfterSeconds: 40 });
    };
    await assert.rejects(run(scheduler, 'interactive', fail), RateLimited);
    await release();
    await assert.rejects(run(scheduler, 'interactive', succeed), RateLimited);
  });
});
