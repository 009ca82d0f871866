/** What Evalon was asked outlives the process: on a clock that stands still, and with real processes that are killed. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { openLedger } from '../../../proxy/rate-limit/permit-store.ts';
import { LANES, type Lane } from '../../../proxy/rate-limit/priorities.ts';
import { createPace } from '../../../proxy/rate-limit/scheduler.ts';
import { openStore, type Store } from '../../../proxy/store/store.ts';
import { type Clock, systemClock } from '../../../proxy/util/clock.ts';
import { RateLimited, Unavailable } from '../../../proxy/util/errors.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { buildProxySettings, createTempFolder, type Settings, startProxyProcess } from '../../support/proxy.ts';
import { createRateOracle } from '../../support/rate-oracle.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const log = pino({ level: 'silent' });

async function paceOn(store: Store, clock: Clock, rate: number, random = () => 0.5) {
  const ledger = await openLedger({ store, clock, log });
  return createPace({ ratePerMinute: () => rate, ledger, clock, random, log });
}

async function storeFor(test: TestContext, clock: Clock, file = ':memory:'): Promise<Store> {
  const store = await openStore(file, 'https://api.evalon.example', clock);
  test.after(() => store.close());
  return store;
}

describe('slots that outlive the process', () => {
  it('hold the rate against strict windows, however often it is killed', async (test) => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = createSeededRandom(seed);
      const clock = createTestClock(undefined, 12);
      const store = await storeFor(test, clock);
      const windows = createRateOracle(clock, 20, random);
      for (let life = 0; life < 15; life++) {
        const here = { alive: true };
        const mortal: Store = {
          ...store,
          write: (change) => (here.alive ? store.write(change) : new Promise(() => {})),
        };
        const pace = await paceOn(mortal, clock, 20, random);
        const call = async () => {
          if (here.alive) await windows.call(50 + random() * 9_000);
        };
        for (let n = 0; n < 40; n++) {
          const lane = LANES[Math.floor(random() * LANES.length)] as Lane;
          clock.runAfter(random() * 40 * SECOND, () => void (here.alive && pace.run(lane, call).catch(() => {})));
        }
        await clock.advance(random() * 40 * SECOND);
        here.alive = false;
        pace.close();
      }
      assert.equal(windows.refusedCount, 0, `seed ${seed}`);
      assert.ok(windows.arrivalTimes.length > 60, `seed ${seed}: ${windows.arrivalTimes.length} calls`);
    }
  });

  it('come free 60 s after the answer, and 10 s later where the answer was not seen', async (test) => {
    const clock = createTestClock();
    const store = await storeFor(test, clock);
    const first = await paceOn(store, clock, 3);
    await first.run('watched', async () => {});
    void first.run('watched', () => new Promise<void>((resolve) => void clock.runAfter(5 * SECOND, resolve)));
    await clock.advance(SECOND);
    first.close();
    const second = await paceOn(store, clock, 3);
    assert.equal(second.look().left, 1);
    await clock.advance(59 * SECOND + 1);
    assert.equal(second.look().left, 2);
    await clock.advance(9 * SECOND);
    assert.equal(second.look().left, 2);
    await clock.advance(SECOND);
    assert.equal(second.look().left, 3);
  });

  it('are held for no more than that when the clock was put back while nobody ran', async (test) => {
    const clock = createTestClock();
    const store = await storeFor(test, clock);
    const ahead = { ...clock, now: () => clock.now() + 60 * MINUTE };
    await (await paceOn(store, ahead, 1)).run('watched', async () => {});
    const pace = await paceOn(store, clock, 1);
    assert.equal(pace.look().left, 0);
    await clock.advance(71 * SECOND);
    assert.equal(pace.look().left, 1);
  });

  it('are forgotten once they are free', async (test) => {
    const clock = createTestClock();
    const store = await storeFor(test, clock);
    const pace = await paceOn(store, clock, 1_000);
    for (let n = 0; n < 20; n++) {
      await pace.run('watched', async () => {});
      await clock.advance(20 * SECOND);
    }
    const kept = await store.read(({ permits: slots }) => slots.held('2026-01-15T00:00:00.000Z'));
    assert.ok(kept.length <= 4, `${kept.length} of 20 are kept`);
  });

  it('let no call go out before the time that Evalon named to the process before', async (test) => {
    const clock = createTestClock();
    const store = await storeFor(test, clock);
    const tooMany = () => {
      throw new RateLimited('', { retryAfter: 40 });
    };
    await assert.rejects((await paceOn(store, clock, 100)).run('watched', tooMany));
    await clock.advance(10 * SECOND);
    const pace = await paceOn(store, clock, 100);
    assert.equal(pace.look().pausedFor, 30 * SECOND);
    await assert.rejects(
      pace.run('click', async () => {}),
      (error: RateLimited) => error.retryAfter === 30,
    );
    let startedAt = 0;
    void pace.run('bulk', async () => {
      startedAt = clock.now();
    });
    const asked = clock.now();
    await clock.advance(MINUTE);
    assert.equal(startedAt - asked, 30 * SECOND);
  });
});

describe('while the database takes no writes', () => {
  it('no call goes out, whoever asks is told so, and all goes on by itself', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const file = join(folder, 'evalon.db');
    const store = await storeFor(test, systemClock, file);
    const pace = await paceOn(store, systemClock, 100);
    const other = new Database(file);
    test.after(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    let calls = 0;
    const run = (lane: Lane) => pace.run(lane, async () => (calls += 1));
    for (const refused of await Promise.allSettled([...LANES, ...LANES].map(run))) {
      assert.ok(refused.status === 'rejected' && refused.reason instanceof Unavailable);
    }
    assert.equal(calls, 0);
    assert.equal(pace.look().left, 100);
    other.exec('ROLLBACK');
    assert.equal(await run('click'), 1);
  });

  it('a silence that could not be stored goes with the next call', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const file = join(folder, 'evalon.db');
    const store = await storeFor(test, systemClock, file);
    const other = new Database(file);
    test.after(() => other.close());
    const clock = createTestClock(Date.now());
    const pace = await paceOn(store, clock, 3);
    const tooMany = () => {
      other.exec('BEGIN IMMEDIATE');
      throw new RateLimited('', { retryAfter: 40 });
    };
    await assert.rejects(pace.run('watched', tooMany), RateLimited);
    assert.equal((await paceOn(store, clock, 3)).look().pausedFor, 0);
    other.exec('ROLLBACK');
    await clock.advance(39 * SECOND);
    const next = pace.run('bulk', async () => {});
    await clock.advance(2 * SECOND);
    await next;
    assert.notEqual(await store.read(({ permits: slots }) => slots.silentUntil()), undefined);
  });
});

/** A proxy that can be killed and started again, before an Evalon that only notes what reaches it. */
async function startMortal(test: TestContext, changes: Settings) {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const settings = buildProxySettings(evalon, { DATABASE_URL: `file:${join(folder, 'evalon.db')}`, ...changes });
  const start = async () => {
    const proxy = await startProxyProcess(settings);
    return { proxy, page: await createRecruiterClient(proxy.url) };
  };
  const house = {
    evalon,
    ...(await start()),
    async restart(signal: NodeJS.Signals) {
      await house.proxy.kill(signal);
      Object.assign(house, await start());
    },
  };
  test.after(async () => {
    await house.proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  });
  return house;
}

const person = (n: number) => ({ candidate_email: `candidate-${n}@example.com` });

describe('a proxy that is started again', () => {
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    it(`after ${signal} in the middle of a burst asks no more than the rest of the rate`, async (test) => {
      const house = await startMortal(test, { EVALON_RATE_PER_MINUTE: '6' });
      const { evalon } = house;
      assert.equal((await house.page.invite(person(0))).status, 201);
      evalon.injectFault('create', { fault: 'slow', ms: 500 });
      const burst = [1, 2, 3].map((n) => house.page.invite(person(n)).catch(() => undefined));
      await evalon.waitForRequests(4);
      await house.restart(signal);
      await Promise.all(burst);
      evalon.clearFaults();
      const answers = await Promise.all([4, 5, 6, 7, 8].map((n) => house.page.invite(person(n))));
      const statuses = answers.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [201, 201, 429, 429, 429]);
      assert.equal(evalon.requests.length, 6);
    });
  }

  it('after SIGKILL in a pause keeps silent until the time that Evalon named', async (test) => {
    const house = await startMortal(test, {});
    const { evalon } = house;
    evalon.injectFault('create', { fault: 'refuse', status: 429, retryAfter: '60' }, 1);
    assert.equal((await house.page.invite(person(0))).status, 429);
    await house.restart('SIGKILL');
    const refused = await house.page.invite(person(1));
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 40, String(refused.headers.get('retry-after')));
    assert.equal(evalon.requests.length, 1);
  });
});
