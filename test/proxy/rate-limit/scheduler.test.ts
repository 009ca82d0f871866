import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { PRIORITIES, type Priority } from '../../../proxy/rate-limit/priorities.ts';
import { type AcquireOptions, createCallScheduler } from '../../../proxy/rate-limit/scheduler.ts';
import {
  type ProxyError,
  RateLimited,
  ScorecardNotReady,
  Unavailable,
  UpstreamRejected,
  UpstreamUnavailable,
} from '../../../proxy/util/errors.ts';
import { getRequestId, withRequestId } from '../../../proxy/util/request-context.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createMemoryPermitStore } from '../../support/memory-permit-store.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** @param options.rate the number of calls a minute. */
function setUp({ rate = 100, random = createSeededRandom(1) as () => number } = {}) {
  const clock = createTestClock({ ticksPerTimer: 1 });
  const settings = { rate };
  const scheduler = createCallScheduler({
    ratePerMinute: () => settings.rate,
    permits: createMemoryPermitStore(clock),
    clock,
    random,
    log: pino({ level: 'silent' }),
  });
  const startMs = clock.now();
  return { clock, scheduler, settings, secondsSinceStart: () => (clock.now() - startMs) / SECOND_MS };
}

type Setup = Pick<ReturnType<typeof setUp>, 'scheduler' | 'secondsSinceStart' | 'clock'>;

/** Makes a call, and records its times and outcome. A time is in seconds since `setUp`, and -1 until it is known. */
function startCall(
  { scheduler, secondsSinceStart, clock }: Setup,
  priority: Priority,
  { takesMs = 100, error, ...options }: AcquireOptions & { takesMs?: number; error?: Error } = {},
) {
  const call = { priority, startedAt: -1, endedAt: -1, outcome: undefined as unknown };
  const send = () => {
    call.startedAt = secondsSinceStart();
    return new Promise<string>((resolve, reject) => {
      clock.runAfter(takesMs, () => (error ? reject(error) : resolve('ok')));
    });
  };
  scheduler
    .acquire(priority, options)
    .then((permit) => permit.run(send))
    .then(
      (result) => Object.assign(call, { outcome: result, endedAt: secondsSinceStart() }),
      (error: unknown) => Object.assign(call, { outcome: error, endedAt: secondsSinceStart() }),
    );
  return call;
}

function startCalls(setup: Setup, priority: Priority, count: number, options: Parameters<typeof startCall>[2] = {}) {
  return Array.from({ length: count }, () => startCall(setup, priority, options));
}

const countStarted = (calls: readonly { startedAt: number }[]) =>
  calls.filter(({ startedAt }) => startedAt >= 0).length;

function asError<T extends ProxyError>(outcome: unknown, type: new (...args: never[]) => T): T {
  assert.ok(outcome instanceof type, String(outcome));
  return outcome;
}

const createRateLimitError = (retryAfterSeconds?: number) =>
  new RateLimited('', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
const createServerError = () => new UpstreamUnavailable('', 503);

describe('the rate limiter', () => {
  it('returns what the call returns and throws what it throws', async () => {
    const { scheduler } = setUp();
    assert.equal(await (await scheduler.acquire('interactive')).run(async () => 82), 82);
    const error = new ScorecardNotReady('');
    const permit = await scheduler.acquire('background');
    const fail = () => {
      throw error;
    };
    await assert.rejects(permit.run(fail), (thrown) => thrown === error);
  });

  it('releases a permit 60 s after the response and not after the start', async () => {
    const setup = setUp({ rate: 1 });
    startCall(setup, 'interactive', { takesMs: 7 * SECOND_MS });
    const second = startCall(setup, 'background');
    await setup.clock.advance(66 * SECOND_MS + 999);
    assert.equal(second.startedAt, -1);
    await setup.clock.advance(SECOND_MS);
    assert.ok(second.startedAt >= 67, String(second.startedAt));
  });

  it('also releases the permit of a failed call 60 s after the response', async () => {
    const setup = setUp({ rate: 1 });
    startCall(setup, 'interactive', { error: new UpstreamRejected('') });
    const second = startCall(setup, 'background');
    await setup.clock.advance(2 * MINUTE_MS);
    assert.ok(second.startedAt >= 60.1, String(second.startedAt));
  });

  it('makes a cancelled permit available at once', async () => {
    const { scheduler } = setUp({ rate: 1 });
    const first = await scheduler.acquire('background');
    const second = scheduler.acquire('background');
    await first.cancel();
    assert.equal(await (await second).run(async () => 'ok'), 'ok');
  });

  it('runs each call with the id of its own request', async () => {
    const { clock, scheduler } = setUp({ rate: 1 });
    const ids: unknown[] = [];
    const call = (id: string, priority: Priority) =>
      withRequestId(id, async () => (await scheduler.acquire(priority)).run(async () => ids.push(getRequestId())));
    const both = Promise.all([call('first', 'interactive'), call('second', 'background')]);
    await clock.advance(2 * MINUTE_MS);
    await both;
    assert.deepEqual(ids, ['first', 'second']);
  });

  it('applies a rate that changes while calls wait', async () => {
    const setup = setUp({ rate: 5 });
    const calls = startCalls(setup, 'interactive', 10, { maxWaitMs: 20 * MINUTE_MS });
    await setup.clock.advance(SECOND_MS);
    assert.equal(countStarted(calls), 5);
    setup.settings.rate = 8;
    await setup.clock.advance(MINUTE_MS);
    setup.settings.rate = 2;
    startCall(setup, 'interactive');
    await setup.clock.advance(10 * MINUTE_MS);
    assert.ok(calls.every(({ outcome }) => outcome === 'ok'));
  });

  it('continues when the clock is set back by an hour', async () => {
    const setup = setUp({ rate: 2, random: () => 0 });
    startCalls(setup, 'interactive', 2);
    await setup.clock.advance(SECOND_MS);
    const third = startCall(setup, 'background');
    setup.clock.jump(-60 * MINUTE_MS);
    await setup.clock.advance(2 * MINUTE_MS);
    assert.equal(third.outcome, 'ok');
  });
});

describe('priorities', () => {
  it('start interactive calls first and bulk calls last, in the order of arrival within each priority', async () => {
    const setup = setUp({ rate: 6 });
    startCalls(setup, 'interactive', 6, { takesMs: 0 });
    await setup.clock.advance(55 * SECOND_MS);
    const calls = [...PRIORITIES].reverse().flatMap((priority) => startCalls(setup, priority, 2));
    const order: string[] = [];
    // `startCall` sets `startedAt` at the start of each call.
    for (const [n, call] of calls.entries()) {
      Object.defineProperty(call, 'startedAt', { set: () => order.push(`${call.priority} ${n % 2}`), get: () => 0 });
    }
    await setup.clock.advance(70 * SECOND_MS);
    assert.deepEqual(order, ['interactive 0', 'interactive 1', 'background 0', 'background 1', 'bulk 0', 'bulk 1']);
  });

  it('leave 20 % of the rate to interactive calls while background and bulk calls wait', async () => {
    const setup = setUp();
    const others = [...startCalls(setup, 'bulk', 200), ...startCalls(setup, 'background', 200)];
    await setup.clock.advance(59 * SECOND_MS);
    assert.equal(countStarted(others), 80);
    const interactive = startCalls(setup, 'interactive', 20);
    await setup.clock.advance(SECOND_MS);
    assert.ok(interactive.every(({ outcome }) => outcome === 'ok'));
  });

  it('leave 20 % to interactive calls if only background or only bulk calls wait, and give interactive calls alone the whole rate', async () => {
    for (const [priority, expected] of [
      ['background', 80],
      ['bulk', 80],
      ['interactive', 100],
    ] as const) {
      const setup = setUp();
      const calls = startCalls(setup, priority, 150);
      await setup.clock.advance(59 * SECOND_MS);
      assert.equal(countStarted(calls), expected, priority);
    }
  });

  it('give background and bulk calls their share while interactive calls request the whole rate', async () => {
    const setup = setUp();
    const background = startCalls(setup, 'background', 200);
    const bulk = startCalls(setup, 'bulk', 200);
    for (let second = 0; second < 5 * 60; second++) {
      startCalls(setup, 'interactive', 4);
      await setup.clock.advance(SECOND_MS);
    }
    // In each of the five minutes, at least 10 background calls and 5 bulk calls.
    assert.ok(countStarted(background) >= 5 * 10, String(countStarted(background)));
    assert.ok(countStarted(bulk) >= 5 * 5, String(countStarted(bulk)));
  });

  it('give bulk calls their share while background calls request the whole background share', async () => {
    const setup = setUp();
    const background = startCalls(setup, 'background', 1_000);
    const bulk = startCalls(setup, 'bulk', 100);
    await setup.clock.advance(5 * MINUTE_MS - SECOND_MS);
    // In each of the five minutes, 5 bulk calls and 75 background calls.
    assert.equal(countStarted(bulk), 5 * 5);
    assert.equal(countStarted(background), 5 * 75);
  });

  for (const rate of [1, 2, 3, 5]) {
    it(`all make progress at a rate of ${rate} a minute`, async () => {
      const setup = setUp({ rate });
      const calls = PRIORITIES.flatMap((priority) => startCalls(setup, priority, 3, { maxWaitMs: 60 * MINUTE_MS }));
      await setup.clock.advance(20 * MINUTE_MS);
      assert.ok(calls.every(({ outcome }) => outcome === 'ok'));
    });
  }
});

describe('an interactive call', () => {
  it('is refused at once if earlier calls need the permits that are released in time', async () => {
    const setup = setUp({ rate: 3 });
    for (const pause of [20, 20, 15]) {
      startCall(setup, 'interactive');
      await setup.clock.advance(pause * SECOND_MS);
    }
    // 55 s have passed. The three permits are released at 60, 80 and 100 s. The first of the new calls waits until 60 s,
    // and the other two could start in 26 s.
    const [first, ...others] = startCalls(setup, 'interactive', 3);
    await setup.clock.advance(1);
    for (const { outcome } of others) assert.equal(asError(outcome, RateLimited).retryAfterSeconds, 26);
    const { waiting, interactiveWaitMs } = await setup.scheduler.status();
    assert.deepEqual([waiting, Math.round(interactiveWaitMs / SECOND_MS)], [1, 25]);
    await setup.clock.advance(6 * SECOND_MS);
    assert.equal(first?.outcome, 'ok');
  });

  it('is refused at once if it cannot start within 10 s, and can start after Retry-After', async () => {
    const setup = setUp({ rate: 10 });
    startCalls(setup, 'interactive', 10);
    await setup.clock.advance(20 * SECOND_MS);
    const refused = startCall(setup, 'interactive');
    await setup.clock.advance(1);
    assert.equal(refused.endedAt, 20);
    const { retryAfterSeconds = 0 } = asError(refused.outcome, RateLimited);
    assert.equal(retryAfterSeconds, 41);
    await setup.clock.advance(retryAfterSeconds * SECOND_MS);
    const retried = startCall(setup, 'interactive');
    await setup.clock.advance(SECOND_MS);
    assert.equal(retried.outcome, 'ok');
  });

  it('waits only if enough permits are released in time', async () => {
    const setup = setUp({ rate: 10 });
    startCalls(setup, 'interactive', 10);
    await setup.clock.advance(55 * SECOND_MS);
    const calls = startCalls(setup, 'interactive', 25);
    await setup.clock.advance(1);
    assert.equal((await setup.scheduler.status()).waiting, 10);
    await setup.clock.advance(6 * SECOND_MS);
    assert.equal(calls.filter(({ outcome }) => outcome === 'ok').length, 10);
    assert.equal(calls.filter(({ outcome }) => outcome instanceof RateLimited).length, 15);
  });

  it('that waits is refused at once when a cooldown begins that lasts longer than the call may wait', async () => {
    const setup = setUp({ rate: 11 });
    startCall(setup, 'interactive', { takesMs: 58 * SECOND_MS, error: createRateLimitError(30) });
    startCalls(setup, 'interactive', 10);
    await setup.clock.advance(55 * SECOND_MS);
    const waiting = startCalls(setup, 'interactive', 10);
    await setup.clock.advance(SECOND_MS);
    assert.ok(waiting.every(({ endedAt }) => endedAt === -1));
    await setup.clock.advance(2 * SECOND_MS);
    for (const { outcome, endedAt } of waiting) {
      assert.deepEqual([asError(outcome, RateLimited).retryAfterSeconds, endedAt], [30, 58]);
    }
  });

  it('that waits is refused after 10 s at the latest', async () => {
    const setup = setUp({ random: () => 0 });
    // Five failures open the circuit breaker. While its probe runs, other calls wait.
    startCalls(setup, 'background', 5, { error: createServerError() });
    await setup.clock.advance(6 * SECOND_MS);
    const probe = startCall(setup, 'background', { takesMs: 20 * SECOND_MS });
    await setup.clock.advance(SECOND_MS);
    const waiting = startCall(setup, 'interactive');
    await setup.clock.advance(10 * SECOND_MS - 1);
    assert.equal(waiting.endedAt, -1);
    await setup.clock.advance(1);
    assert.ok(probe.startedAt > 0 && waiting.outcome instanceof UpstreamUnavailable);
  });

  it('is refused with the duration of a cooldown', async () => {
    const setup = setUp();
    startCall(setup, 'bulk', { error: createRateLimitError(40) });
    await setup.clock.advance(SECOND_MS);
    const refused = startCall(setup, 'interactive');
    await setup.clock.advance(1);
    assert.equal(asError(refused.outcome, RateLimited).retryAfterSeconds, 40);
    await setup.clock.advance(40 * SECOND_MS);
    const retried = startCall(setup, 'interactive');
    await setup.clock.advance(SECOND_MS);
    assert.equal(retried.outcome, 'ok');
  });

  it('waits longer if its caller allows it', async () => {
    const setup = setUp({ rate: 1 });
    startCall(setup, 'interactive');
    const call = startCall(setup, 'interactive', { maxWaitMs: Number.POSITIVE_INFINITY });
    await setup.clock.advance(2 * MINUTE_MS);
    assert.equal(call.outcome, 'ok');
  });
});

describe('the cooldown after a 429', () => {
  it('pauses calls of all priorities until the time in Retry-After', async () => {
    const setup = setUp();
    startCalls(setup, 'bulk', 20);
    await setup.clock.advance(5 * SECOND_MS);
    const refused = startCall(setup, 'interactive', { error: createRateLimitError(37) });
    await setup.clock.advance(100);
    const end = refused.endedAt + 37;
    const calls = PRIORITIES.flatMap((priority) => startCalls(setup, priority, 30, { maxWaitMs: 5 * MINUTE_MS }));
    assert.ok((await setup.scheduler.status()).cooldownMs > 36 * SECOND_MS);
    await setup.clock.advance(3 * MINUTE_MS);
    for (const { startedAt, outcome } of calls) {
      assert.ok(startedAt >= end, `${startedAt} is before ${end}`);
      assert.equal(outcome, 'ok');
    }
  });

  it('refuses a call whose permit was granted before the 429', async () => {
    const setup = setUp({ rate: 2 });
    const permit = await setup.scheduler.acquire('bulk');
    startCall(setup, 'interactive', { error: createRateLimitError(30) });
    await setup.clock.advance(SECOND_MS);
    const run = permit.run(async () => assert.fail('the call starts'));
    await assert.rejects(run, (error: RateLimited) => error instanceof RateLimited && error.retryAfterSeconds === 30);
    assert.equal((await setup.scheduler.status()).remaining, 1);
  });

  it('grows up to two minutes if Evalon sends no Retry-After, and is short again after a success', async () => {
    const setup = setUp({ random: () => 0.999_999 });
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      const refused = startCall(setup, 'background', { error: createRateLimitError() });
      await setup.clock.advance(100);
      const { retryAfterSeconds = 0 } = asError(refused.outcome, RateLimited);
      waits.push(retryAfterSeconds);
      await setup.clock.advance(retryAfterSeconds * SECOND_MS);
    }
    assert.deepEqual(waits, [2, 4, 8, 16, 32, 64, 120, 120, 120]);
    startCall(setup, 'background');
    await setup.clock.advance(SECOND_MS);
    const refused = startCall(setup, 'background', { error: createRateLimitError() });
    await setup.clock.advance(100);
    assert.equal(asError(refused.outcome, RateLimited).retryAfterSeconds, 2);
  });

  it('counts the 429s of concurrent calls as one', async () => {
    const setup = setUp({ random: () => 0.999_999 });
    for (let n = 0; n < 10; n++) startCall(setup, 'interactive', { takesMs: 100 + n, error: createRateLimitError() });
    await setup.clock.advance(200);
    const { cooldownMs } = await setup.scheduler.status();
    assert.ok(cooldownMs <= 2 * SECOND_MS, String(cooldownMs));
  });

  it('has jitter', async () => {
    const cooldowns = new Set<number>();
    for (let seed = 0; seed < 10; seed++) {
      const setup = setUp({ random: createSeededRandom(seed) });
      startCall(setup, 'interactive', { takesMs: 0, error: createRateLimitError() });
      await setup.clock.advance(0);
      cooldowns.add(Math.round((await setup.scheduler.status()).cooldownMs));
    }
    // A few of the ten random cooldowns may be equal.
    assert.ok(cooldowns.size > 7, String([...cooldowns]));
  });
});

describe('the circuit breaker', () => {
  const getState = async (setup: Setup) => (await setup.scheduler.status()).breaker;

  async function setUpOpenBreaker(random: () => number = () => 0.5) {
    const setup = setUp({ random });
    startCalls(setup, 'background', 5, { error: createServerError() });
    await setup.clock.advance(100);
    assert.equal(await getState(setup), 'open');
    return setup;
  }

  it('refuses new and waiting interactive calls at once, and lets bulk calls wait', async () => {
    const setup = setUp({ random: () => 0 });
    startCalls(setup, 'interactive', 5, { takesMs: SECOND_MS, error: createServerError() });
    startCalls(setup, 'interactive', 95, { takesMs: MINUTE_MS });
    await setup.clock.advance(500);
    const waiting = startCall(setup, 'interactive', { maxWaitMs: 5 * MINUTE_MS });
    await setup.clock.advance(600);
    const [newCall, bulk] = [startCall(setup, 'interactive'), startCall(setup, 'bulk')];
    await setup.clock.advance(1);
    for (const { outcome, startedAt } of [newCall, waiting]) {
      const { status, retryAfterSeconds = 0 } = asError(outcome, UpstreamUnavailable);
      assert.deepEqual([status, startedAt], [503, -1]);
      assert.ok(retryAfterSeconds >= 1 && retryAfterSeconds <= 10, String(retryAfterSeconds));
    }
    assert.equal(bulk.endedAt, -1);
  });

  it('lets one probe start, and closes when the probe succeeds', async () => {
    const setup = await setUpOpenBreaker();
    const waiting = startCalls(setup, 'background', 10, { takesMs: 3 * SECOND_MS });
    await setup.clock.advance(10 * SECOND_MS);
    assert.equal(await getState(setup), 'half-open');
    assert.equal(countStarted(waiting), 1);
    await setup.clock.advance(10 * SECOND_MS);
    assert.equal(await getState(setup), 'closed');
    assert.ok(waiting.every(({ outcome }) => outcome === 'ok'));
  });

  it('uses a caller’s retry after Retry-After as the probe', async () => {
    const setup = await setUpOpenBreaker();
    const refused = startCall(setup, 'interactive');
    await setup.clock.advance(1);
    const { retryAfterSeconds = 0 } = asError(refused.outcome, UpstreamUnavailable);
    await setup.clock.advance(retryAfterSeconds * SECOND_MS);
    const retried = startCall(setup, 'interactive');
    await setup.clock.advance(SECOND_MS);
    assert.equal(retried.outcome, 'ok');
  });

  it('stays open longer after each failed probe, between 5 s and a minute', async () => {
    const setup = await setUpOpenBreaker(() => 0.999_999);
    const starts: number[] = [];
    for (let n = 0; n < 6; n++) {
      const probe = startCall(setup, 'bulk', { error: createServerError() });
      await setup.clock.advance(61 * SECOND_MS);
      assert.ok(probe.startedAt >= 0);
      starts.push(probe.startedAt);
    }
    const setupWithShortestPause = await setUpOpenBreaker(() => 0);
    const probe = startCall(setupWithShortestPause, 'bulk');
    await setupWithShortestPause.clock.advance(MINUTE_MS);
    assert.ok(probe.startedAt >= 5 && probe.startedAt <= 5.2, String(probe.startedAt));
    const first = starts[0] ?? 0;
    assert.ok(first >= 10 && first <= 10.2, String(first));
    // With a call every 61 s, a pause of more than a minute would delay a probe.
    assert.ok(starts.every((at, n) => n === 0 || at - (starts[n - 1] ?? 0) <= 61.5));
  });

  it('ignores rejections, results that are not ready, invalid responses and errors of the proxy', async () => {
    const setup = setUp();
    const harmless = [
      new UpstreamRejected(''),
      new ScorecardNotReady(''),
      new UpstreamUnavailable('', 502),
      new Error('ours'),
    ];
    for (let n = 0; n < 40; n++) startCall(setup, 'interactive', { error: harmless[n % harmless.length] as Error });
    await setup.clock.advance(SECOND_MS);
    assert.equal(await getState(setup), 'closed');
    // Every fifth call succeeds, so that there are never five failures in a row.
    for (let n = 0; n < 20; n++)
      startCall(setup, 'interactive', { takesMs: n, ...(n % 5 && { error: createServerError() }) });
    await setup.clock.advance(SECOND_MS);
    assert.equal(await getState(setup), 'closed');
  });

  it('ignores the results of calls that started before it opened', async () => {
    const setup = setUp({ random: () => 0 });
    const slow = startCall(setup, 'interactive', { takesMs: 8 * SECOND_MS });
    startCalls(setup, 'background', 5, { error: createServerError() });
    await setup.clock.advance(SECOND_MS);
    const probe = startCall(setup, 'bulk', { takesMs: 9 * SECOND_MS, error: createServerError() });
    await setup.clock.advance(8 * SECOND_MS);
    assert.equal(slow.outcome, 'ok');
    assert.ok(probe.startedAt > 0);
    assert.equal(await getState(setup), 'half-open');
    await setup.clock.advance(6 * SECOND_MS);
    assert.equal(await getState(setup), 'open');
  });

  it('lets another probe start after a probe that failed in the proxy or was cancelled', async () => {
    const setup = await setUpOpenBreaker();
    startCall(setup, 'bulk', { error: new Error('ours') });
    await setup.clock.advance(20 * SECOND_MS);
    assert.equal(await getState(setup), 'half-open');
    await (await setup.scheduler.acquire('bulk')).cancel();
    startCall(setup, 'bulk');
    await setup.clock.advance(SECOND_MS);
    assert.equal(await getState(setup), 'closed');
  });
});

describe('the status of the scheduler', () => {
  it('shows the remaining calls, the waiting calls, and the wait of the next interactive call', async () => {
    const setup = setUp({ rate: 3 });
    assert.deepEqual(await setup.scheduler.status(), {
      remaining: 3,
      waiting: 0,
      cooldownMs: 0,
      breaker: 'closed',
      interactiveWaitMs: 0,
    });
    startCalls(setup, 'interactive', 3, { takesMs: SECOND_MS });
    startCall(setup, 'background');
    await setup.clock.advance(SECOND_MS);
    const { remaining, waiting, interactiveWaitMs } = await setup.scheduler.status();
    assert.deepEqual([remaining, waiting], [0, 1]);
    assert.ok(interactiveWaitMs >= MINUTE_MS && interactiveWaitMs <= MINUTE_MS + SECOND_MS, String(interactiveWaitMs));
  });
});

describe('a closed scheduler', () => {
  it('refuses waiting and new calls, and lets running calls end', async () => {
    const setup = setUp({ rate: 1 });
    const running = startCall(setup, 'interactive', { takesMs: SECOND_MS });
    const waiting = startCall(setup, 'bulk');
    await setup.clock.advance(1);
    setup.scheduler.close();
    const lateCall = startCall(setup, 'interactive');
    await setup.clock.advance(2 * MINUTE_MS);
    assert.equal(running.outcome, 'ok');
    for (const { outcome, startedAt } of [waiting, lateCall]) {
      assert.ok(outcome instanceof Unavailable);
      assert.equal(startedAt, -1);
    }
  });
});
