/** One rate limit for all nodes of a PostgreSQL database, with a fake clock. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import { openPermitStore } from '../../../proxy/rate-limit/permit-store.ts';
import { PRIORITIES, type Priority } from '../../../proxy/rate-limit/priorities.ts';
import { type CallScheduler, createCallScheduler } from '../../../proxy/rate-limit/scheduler.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { RateLimited, UpstreamUnavailable } from '../../../proxy/util/errors.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { createStrictRateCounter } from '../../support/strict-rate-counter.ts';
import { countQueries } from '../../support/test-database.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Event loop ticks after each timer. The test clock also waits for queries, because of `countQueries`. */
const TICKS = 20;

countQueries();

/** Starts the schedulers of several nodes. */
async function startNodes(test: TestContext, { count, ratePerMinute }: { count: number; ratePerMinute: number }) {
  const clock = createTestClock({ ticksPerTimer: TICKS });
  const { url, drop } = await createPostgresDatabase();
  test.after(drop);
  const schedulers: CallScheduler[] = [];
  for (let n = 0; n < count; n++) {
    const store = await openStore(url, 'https://api.evalon.example', clock);
    test.after(() => store.close());
    const permits = await openPermitStore(store);
    const log = pino({ level: 'silent' });
    schedulers.push(
      createCallScheduler({ ratePerMinute: () => ratePerMinute, permits, clock, random: () => 0.5, log }),
    );
  }
  test.after(() => schedulers.forEach((scheduler) => void scheduler.close()));
  return { clock, schedulers };
}

async function run<T>(scheduler: CallScheduler, priority: Priority, call: () => Promise<T>): Promise<T> {
  return (await scheduler.acquire(priority)).run(call);
}

const succeed = async () => {};

describe('the rate limit of several nodes', () => {
  it('is kept in every window', async (test) => {
    const ratePerMinute = 12;
    const { clock, schedulers } = await startNodes(test, { count: 3, ratePerMinute });
    const random = createSeededRandom(1);
    const rateCounter = createStrictRateCounter(clock, ratePerMinute, random);
    const call = () => rateCounter.call(50 + random() * 2_000);
    for (let n = 0; n < 40; n++) {
      const scheduler = schedulers[n % schedulers.length] as CallScheduler;
      const priority = PRIORITIES[Math.floor(random() * PRIORITIES.length)] ?? 'bulk';
      clock.runAfter(random() * MINUTE_MS, () => void run(scheduler, priority, call).catch(() => {}));
    }
    await clock.advance(3 * MINUTE_MS);
    assert.equal(rateCounter.refusedCount, 0);
    // With no calls at all, the counter would refuse none either.
    assert.ok(rateCounter.arrivalTimes.length > 20, `${rateCounter.arrivalTimes.length} calls`);
  });

  it('lets a click on one node go before the bulk calls of another', async (test) => {
    const { clock, schedulers } = await startNodes(test, { count: 2, ratePerMinute: 5 });
    const [bulkNode, clickNode] = schedulers as [CallScheduler, CallScheduler];
    const started: string[] = [];
    const record = (name: string) => async () => void started.push(name);
    for (let n = 0; n < 12; n++) void run(bulkNode, 'bulk', record('bulk'));
    await clock.advance(SECOND_MS);
    await run(clickNode, 'interactive', record('click'));
    // Four bulk calls (80 % of the rate) and a click hold all permits. The permits of the bulk calls are released
    // first.
    await clock.advance(55 * SECOND_MS);
    const clicks = [run(clickNode, 'interactive', record('click')), run(clickNode, 'interactive', record('click'))];
    await clock.advance(5 * SECOND_MS);
    await Promise.all(clicks);
    assert.deepEqual(started.slice(0, 7), ['bulk', 'bulk', 'bulk', 'bulk', 'click', 'click', 'click']);
    await clock.advance(2 * MINUTE_MS);
    // The other bulk calls start after the clicks.
    assert.ok(started.filter((name) => name === 'bulk').length > 8);
  });

  it('pauses all nodes for the time in Retry-After', async (test) => {
    const { clock, schedulers } = await startNodes(test, { count: 2, ratePerMinute: 100 });
    const [first, second] = schedulers as [CallScheduler, CallScheduler];
    const refused = run(first, 'interactive', async () => {
      throw new RateLimited('', { retryAfterSeconds: 40 });
    });
    await assert.rejects(refused, RateLimited);
    await assert.rejects(run(second, 'interactive', succeed), (error: RateLimited) => error.retryAfterSeconds === 40);
    await clock.advance(40 * SECOND_MS);
    await run(second, 'interactive', succeed);
  });

  it('has one circuit breaker: failures on any node open it, one node probes, and it closes for all', async (test) => {
    const { clock, schedulers } = await startNodes(test, { count: 2, ratePerMinute: 100 });
    const [first, second] = schedulers as [CallScheduler, CallScheduler];
    const fail = async () => {
      throw new UpstreamUnavailable('', 503);
    };
    for (let n = 0; n < 5; n++) {
      await assert.rejects(run(n % 2 ? first : second, 'interactive', fail), UpstreamUnavailable);
    }
    for (const node of [first, second]) {
      await assert.rejects(run(node, 'interactive', succeed), /Evalon is down right now/);
      assert.equal((await node.status()).breaker, 'open');
    }
    await clock.advance(60 * SECOND_MS);
    const { promise: response, resolve: respond } = Promise.withResolvers<void>();
    const probe = run(first, 'background', () => response);
    await clock.advance(0);
    let hasStarted = false;
    const waiting = run(second, 'background', async () => {
      hasStarted = true;
    });
    await clock.advance(SECOND_MS);
    assert.equal(hasStarted, false);
    respond();
    await probe;
    await clock.advance(3 * SECOND_MS);
    await waiting;
    assert.equal((await second.status()).breaker, 'closed');
  });
});
