import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import type { Lane } from '../../../proxy/rate-limit/priorities.ts';
import { createPace, type Pace } from '../../../proxy/rate-limit/scheduler.ts';
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
import { createStubPermitStore } from '../../support/permit-stores.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const LANES: readonly Lane[] = ['click', 'watched', 'read', 'reconcile', 'bulk'];

function paceOf({ rate = 100, random = createSeededRandom(1) as () => number, ledger = createStubPermitStore() } = {}) {
  const clock = createTestClock(undefined, 1);
  const settings = { rate };
  const pace = createPace({
    ratePerMinute: () => settings.rate,
    ledger,
    clock,
    random,
    log: pino({ level: 'silent' }),
  });
  const start = clock.now();
  return { clock, pace, settings, seconds: () => (clock.now() - start) / SECOND };
}

/** Runs a call that takes so long and notes when it started and how it ended. */
function runIn(
  { pace, seconds, clock }: Pick<ReturnType<typeof paceOf>, 'pace' | 'seconds' | 'clock'>,
  lane: Lane,
  options: { takes?: number; fails?: Error } & NonNullable<Parameters<Pace['run']>[2]> = {},
) {
  const { takes = 100, fails, ...rest } = options;
  const run = { lane, startedAt: -1, endedAt: -1, outcome: undefined as unknown };
  const call = () => {
    run.startedAt = seconds();
    return new Promise<string>((resolve, reject) => {
      clock.runAfter(takes, () => (fails ? reject(fails) : resolve('ok')));
    });
  };
  pace.run(lane, call, rest).then(
    (answer) => Object.assign(run, { outcome: answer, endedAt: seconds() }),
    (error: unknown) => Object.assign(run, { outcome: error, endedAt: seconds() }),
  );
  return run;
}

function asError<T extends ProxyError>(outcome: unknown, type: new (...args: never[]) => T): T {
  assert.ok(outcome instanceof type, String(outcome));
  return outcome;
}

const tooMany = (retryAfter?: number) => new RateLimited('', retryAfter === undefined ? {} : { retryAfter });
const down = () => new UpstreamUnavailable('', 503);

describe('the pace', () => {
  it('answers what the call answers and throws what it throws', async () => {
    const { pace } = paceOf();
    assert.equal(await pace.run('click', async () => 82), 82);
    const error = new ScorecardNotReady('');
    await assert.rejects(
      pace.run('read', () => {
        throw error;
      }),
      (thrown) => thrown === error,
    );
  });

  it('frees a slot 60 s after the answer and not after the start', async () => {
    const it = paceOf({ rate: 1 });
    runIn(it, 'click', { takes: 7 * SECOND });
    const second = runIn(it, 'watched');
    await it.clock.advance(66 * SECOND + 999);
    assert.equal(second.startedAt, -1);
    await it.clock.advance(SECOND);
    assert.ok(second.startedAt >= 67, String(second.startedAt));
  });

  it('holds the slot of a failed call as long', async () => {
    const it = paceOf({ rate: 1 });
    runIn(it, 'click', { fails: new UpstreamRejected('') });
    const second = runIn(it, 'watched');
    await it.clock.advance(2 * MINUTE);
    assert.ok(second.startedAt >= 60.1, String(second.startedAt));
  });

  it('lets a call run on behalf of the request that made it, whoever made room for it', async () => {
    const { clock, pace } = paceOf({ rate: 1 });
    const ids: unknown[] = [];
    const run = (id: string, lane: Lane) =>
      withRequestId(id, () => pace.run(lane, async () => ids.push(getRequestId())));
    const both = Promise.all([run('first', 'click'), run('second', 'watched')]);
    await clock.advance(2 * MINUTE);
    await both;
    assert.deepEqual(ids, ['first', 'second']);
  });

  it('takes over a rate that was changed while calls wait', async () => {
    const it = paceOf({ rate: 5 });
    const runs = Array.from({ length: 10 }, () => runIn(it, 'click', { patience: 20 * MINUTE }));
    await it.clock.advance(SECOND);
    assert.equal(runs.filter(({ startedAt }) => startedAt >= 0).length, 5);
    it.settings.rate = 8;
    await it.clock.advance(MINUTE);
    it.settings.rate = 2;
    runIn(it, 'click');
    await it.clock.advance(10 * MINUTE);
    assert.ok(runs.every(({ outcome }) => outcome === 'ok'));
  });

  it('goes on when the clock is put back by an hour', async () => {
    let shift = 0;
    const clock = createTestClock(undefined, 1);
    const shifted = { now: () => clock.now() + shift, runAfter: clock.runAfter };
    const pace = createPace({
      ratePerMinute: () => 2,
      ledger: createStubPermitStore(),
      clock: shifted,
      random: () => 0,
      log: pino({ level: 'silent' }),
    });
    const it = { clock, pace, seconds: () => clock.now() };
    for (let n = 0; n < 2; n++) runIn(it, 'watched');
    await clock.advance(SECOND);
    const third = runIn(it, 'watched');
    shift = -60 * MINUTE;
    await clock.advance(2 * MINUTE);
    assert.equal(third.outcome, 'ok');
  });

  it('lets go first who stands first, and starts only so many', async () => {
    const it = paceOf({ rate: 20 });
    for (let n = 0; n < 20; n++) runIn(it, 'click');
    await it.clock.advance(55 * SECOND);
    const runs = [...LANES].reverse().flatMap((lane) => Array.from({ length: 5 }, () => runIn(it, lane)));
    await it.clock.advance(6 * SECOND);
    const started = (lane: Lane) => runs.filter((run) => run.lane === lane && run.startedAt >= 0).length;
    assert.equal(started('click'), 5);
    assert.equal(started('watched'), 5);
    assert.ok(started('bulk') <= 1, String(started('bulk')));
  });

  it('lets a lane that has not had its share and the clicks that wait go in turns', async () => {
    const it = paceOf({ rate: 40 });
    for (let n = 0; n < 40; n++) runIn(it, 'click', { takes: n * 200 });
    await it.clock.advance(58 * SECOND);
    const clicks = Array.from({ length: 10 }, () => runIn(it, 'click'));
    const others = LANES.slice(1).map((lane) => runIn(it, lane));
    await it.clock.advance(5 * SECOND);
    const order = [...clicks, ...others].filter(({ startedAt }) => startedAt >= 0);
    order.sort((a, b) => a.startedAt - b.startedAt);
    assert.deepEqual(
      order.slice(0, 9).map(({ lane }) => (lane === 'click' ? lane : 'other')),
      ['other', 'click', 'other', 'click', 'other', 'click', 'other', 'click', 'click'],
    );
  });

  it('reads at most 20 a minute to reconcile, and 300 in a quarter of an hour', async () => {
    const it = paceOf();
    const runs = Array.from({ length: 300 }, () => runIn(it, 'reconcile'));
    await it.clock.advance(59 * SECOND);
    assert.equal(runs.filter(({ startedAt }) => startedAt >= 0).length, 20);
    await it.clock.advance(15 * MINUTE);
    assert.ok(runs.every(({ outcome }) => outcome === 'ok'));
  });
});

describe('a click that would wait too long', () => {
  it('is refused at once, and finds a slot when it comes back at the time it was told', async () => {
    const it = paceOf();
    for (let n = 0; n < 300; n++) for (const lane of ['read', 'reconcile', 'bulk'] as const) runIn(it, lane);
    await it.clock.advance(20 * SECOND);
    const clicks = Array.from({ length: 250 }, () => runIn(it, 'click', { takes: SECOND }));
    await it.clock.advance(20);
    const refused = clicks.filter(({ outcome }) => outcome instanceof RateLimited);
    assert.ok(refused.length > 150, String(refused.length));
    assert.ok(it.pace.look().waiting.click <= 20);
    const again = refused.map(({ outcome, endedAt }) => {
      const { retryAfter = 0 } = asError(outcome, RateLimited);
      assert.ok(Number.isInteger(retryAfter) && retryAfter >= 1 && retryAfter <= 300, String(retryAfter));
      return new Promise<ReturnType<typeof runIn>>((resolve) => {
        it.clock.runAfter((endedAt + retryAfter - it.seconds()) * SECOND, () =>
          resolve(runIn(it, 'click', { takes: SECOND })),
        );
      });
    });
    await it.clock.advance(6 * MINUTE);
    const retried = await Promise.all(again);
    assert.equal(retried.filter(({ outcome }) => outcome !== 'ok').length, 0);
  });

  it('is refused after 10 s at the latest, also when it hoped for a slot that others got', async () => {
    const it = paceOf({ rate: 10 });
    for (let n = 0; n < 10; n++) runIn(it, 'click');
    await it.clock.advance(55 * SECOND);
    const hopeful = Array.from({ length: 10 }, () => runIn(it, 'click'));
    await it.clock.advance(SECOND);
    assert.ok(hopeful.every(({ endedAt }) => endedAt === -1));
    runIn(it, 'watched', { fails: tooMany(30) });
    await it.clock.advance(4 * SECOND + 500);
    const ended = hopeful.map(({ outcome }) => outcome);
    assert.equal(ended.filter((outcome) => outcome === 'ok' || outcome instanceof RateLimited).length, 10);
  });

  it('is told how long a pause takes', async () => {
    const it = paceOf();
    runIn(it, 'bulk', { fails: tooMany(40) });
    await it.clock.advance(SECOND);
    const click = runIn(it, 'click');
    await it.clock.advance(1);
    assert.equal(asError(click.outcome, RateLimited).retryAfter, 40);
    await it.clock.advance(40 * SECOND);
    const again = runIn(it, 'click');
    await it.clock.advance(SECOND);
    assert.equal(again.outcome, 'ok');
  });

  it('gives its place to the next when it is taken back', async () => {
    const it = paceOf({ rate: 1 });
    runIn(it, 'click');
    await it.clock.advance(55 * SECOND);
    const leaving = new AbortController();
    const first = runIn(it, 'click', { signal: leaving.signal });
    const second = runIn(it, 'click');
    await it.clock.advance(1);
    assert.ok(second.outcome instanceof RateLimited);
    const third = runIn(it, 'watched');
    leaving.abort(new Error('gone'));
    await it.clock.advance(6 * SECOND);
    assert.equal((first.outcome as Error).message, 'gone');
    assert.equal(first.startedAt, -1);
    assert.equal(third.outcome, 'ok');
    assert.deepEqual(it.pace.look().waiting, { click: 0, watched: 0, read: 0, reconcile: 0, bulk: 0 });
  });

  it('never starts with a signal that is aborted already', async () => {
    const it = paceOf();
    const run = runIn(it, 'bulk', { signal: AbortSignal.abort(new Error('gone')) });
    await it.clock.advance(SECOND);
    assert.equal(run.startedAt, -1);
    assert.equal((run.outcome as Error).message, 'gone');
  });
});

describe('after a 429', () => {
  it('no call of any lane starts before the time that Evalon named', async () => {
    const it = paceOf();
    for (let n = 0; n < 20; n++) runIn(it, 'bulk');
    await it.clock.advance(5 * SECOND);
    const forced = runIn(it, 'click', { fails: tooMany(37) });
    await it.clock.advance(100);
    const end = forced.endedAt + 37;
    const runs = LANES.flatMap((lane) => Array.from({ length: 30 }, () => runIn(it, lane, { patience: 50 * SECOND })));
    assert.ok(it.pace.look().pausedFor > 36 * SECOND);
    await it.clock.advance(3 * MINUTE);
    for (const { startedAt } of runs) assert.ok(startedAt === -1 || startedAt >= end, `${startedAt} of ${end}`);
    assert.ok(runs.every(({ lane, outcome }) => lane !== 'click' || outcome === 'ok'));
  });

  it('without a time it waits longer each time, up to two minutes, and briefly again after a success', async () => {
    const it = paceOf({ random: () => 0.999_999 });
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      const forced = runIn(it, 'watched', { fails: tooMany() });
      await it.clock.advance(100);
      const { retryAfter = 0 } = asError(forced.outcome, RateLimited);
      waits.push(retryAfter);
      await it.clock.advance(retryAfter * SECOND);
    }
    assert.deepEqual(waits, [2, 4, 8, 16, 32, 64, 120, 120, 120]);
    runIn(it, 'watched');
    await it.clock.advance(SECOND);
    const forced = runIn(it, 'watched', { fails: tooMany() });
    await it.clock.advance(100);
    assert.equal(asError(forced.outcome, RateLimited).retryAfter, 2);
  });

  it('counts the refusals of calls that were under way together as one', async () => {
    const it = paceOf({ random: () => 0.999_999 });
    for (let n = 0; n < 10; n++) runIn(it, 'click', { takes: 100 + n, fails: tooMany() });
    await it.clock.advance(200);
    assert.ok(it.pace.look().pausedFor <= 2 * SECOND, String(it.pace.look().pausedFor));
  });

  it('spreads the pauses by chance', async () => {
    const pauses = new Set<number>();
    for (let seed = 0; seed < 10; seed++) {
      const it = paceOf({ random: createSeededRandom(seed) });
      runIn(it, 'click', { takes: 0, fails: tooMany() });
      await it.clock.advance(0);
      pauses.add(Math.round(it.pace.look().pausedFor));
    }
    assert.ok(pauses.size > 7, String([...pauses]));
  });
});

describe('while Evalon is down', () => {
  /** Five calls that fail: it is held to be down. */
  async function broken(random: () => number = () => 0.5) {
    const it = paceOf({ random });
    for (let n = 0; n < 5; n++) runIn(it, 'watched', { fails: down() });
    await it.clock.advance(100);
    assert.equal(it.pace.look().breaker, 'open');
    return it;
  }

  it('clicks are refused at once, those who wait as well, and background work waits', async () => {
    const it = paceOf({ random: () => 0 });
    for (let n = 0; n < 5; n++) runIn(it, 'watched', { takes: SECOND, fails: down() });
    for (let n = 0; n < 95; n++) runIn(it, 'click', { takes: MINUTE });
    await it.clock.advance(500);
    const reading = runIn(it, 'watched', { patience: 2 * MINUTE });
    await it.clock.advance(600);
    const [click, bulk] = [runIn(it, 'click'), runIn(it, 'bulk')];
    await it.clock.advance(1);
    for (const { outcome, startedAt } of [click, reading]) {
      const { status, retryAfter = 0 } = asError(outcome, UpstreamUnavailable);
      assert.deepEqual([status, startedAt], [503, -1]);
      assert.ok(retryAfter >= 1 && retryAfter <= 10, String(retryAfter));
    }
    assert.equal(bulk.endedAt, -1);
  });

  it('one call alone tries, and when it succeeds all go on', async () => {
    const it = await broken();
    const waiting = Array.from({ length: 10 }, () => runIn(it, 'read', { takes: 3 * SECOND }));
    await it.clock.advance(10 * SECOND);
    assert.equal(it.pace.look().breaker, 'half-open');
    assert.equal(waiting.filter(({ startedAt }) => startedAt >= 0).length, 1);
    await it.clock.advance(10 * SECOND);
    assert.equal(it.pace.look().breaker, 'closed');
    assert.ok(waiting.every(({ outcome }) => outcome === 'ok'));
  });

  it('a retry after the named seconds is the one that tries', async () => {
    const it = await broken();
    const refused = runIn(it, 'click');
    await it.clock.advance(1);
    const { retryAfter = 0 } = asError(refused.outcome, UpstreamUnavailable);
    await it.clock.advance(retryAfter * SECOND);
    const again = runIn(it, 'click');
    await it.clock.advance(SECOND);
    assert.equal(again.outcome, 'ok');
  });

  it('tries that fail make it wait longer, between 5 s and a minute', async () => {
    const it = await broken(() => 0.999_999);
    const starts: number[] = [];
    for (let n = 0; n < 6; n++) {
      const probe = runIn(it, 'bulk', { fails: down() });
      await it.clock.advance(61 * SECOND);
      assert.ok(probe.startedAt >= 0);
      starts.push(probe.startedAt);
    }
    const shortest = await broken(() => 0);
    const probe = runIn(shortest, 'bulk');
    await shortest.clock.advance(MINUTE);
    assert.ok(probe.startedAt >= 5 && probe.startedAt <= 5.2, String(probe.startedAt));
    const first = starts[0] ?? 0;
    assert.ok(first >= 10 && first <= 10.2, String(first));
    assert.ok(starts.every((at, n) => n === 0 || at - (starts[n - 1] ?? 0) <= 61.5));
  });

  it('refusals, results that are not ready and answers without sense do not count', async () => {
    const it = paceOf();
    const harmless = [
      new UpstreamRejected(''),
      new ScorecardNotReady(''),
      new UpstreamUnavailable('', 502),
      new Error('ours'),
    ];
    for (let n = 0; n < 40; n++) runIn(it, 'click', { fails: harmless[n % 4] as Error });
    await it.clock.advance(SECOND);
    assert.equal(it.pace.look().breaker, 'closed');
    for (let n = 0; n < 20; n++) {
      runIn(it, 'click', { takes: n, ...(n % 5 && { fails: down() }) });
    }
    await it.clock.advance(SECOND);
    assert.equal(it.pace.look().breaker, 'closed');
  });

  it('what a call says that started before counts no more', async () => {
    const it = paceOf({ random: () => 0 });
    const slow = runIn(it, 'click', { takes: 8 * SECOND });
    for (let n = 0; n < 5; n++) runIn(it, 'watched', { fails: down() });
    await it.clock.advance(SECOND);
    const probe = runIn(it, 'bulk', { takes: 9 * SECOND, fails: down() });
    await it.clock.advance(8 * SECOND);
    assert.equal(slow.outcome, 'ok');
    assert.ok(probe.startedAt > 0);
    assert.equal(it.pace.look().breaker, 'half-open');
    await it.clock.advance(6 * SECOND);
    assert.equal(it.pace.look().breaker, 'open');
  });

  it('a try that breaks off by our own fault lets another try', async () => {
    const it = await broken();
    runIn(it, 'bulk', { fails: new Error('ours') });
    await it.clock.advance(20 * SECOND);
    assert.equal(it.pace.look().breaker, 'half-open');
    runIn(it, 'bulk');
    await it.clock.advance(SECOND);
    assert.equal(it.pace.look().breaker, 'closed');
  });
});

describe('the view of the pace', () => {
  it('says what is left, who waits and how long a click would', async () => {
    const it = paceOf({ rate: 3 });
    assert.deepEqual(it.pace.look(), {
      left: 3,
      waiting: { click: 0, watched: 0, read: 0, reconcile: 0, bulk: 0 },
      pausedFor: 0,
      breaker: 'closed',
      clickWait: 0,
    });
    for (let n = 0; n < 4; n++) runIn(it, 'watched', { takes: SECOND });
    await it.clock.advance(SECOND);
    const { left, waiting, clickWait } = it.pace.look();
    assert.deepEqual([left, waiting.watched], [0, 1]);
    assert.ok(clickWait >= MINUTE && clickWait <= MINUTE + SECOND, String(clickWait));
  });
});

describe('a pace that is closed', () => {
  it('refuses what waits and what comes, and lets calls under way end', async () => {
    const it = paceOf({ rate: 1 });
    const underWay = runIn(it, 'click', { takes: SECOND });
    const waiting = runIn(it, 'bulk');
    await it.clock.advance(1);
    it.pace.close();
    const late = runIn(it, 'click');
    await it.clock.advance(2 * MINUTE);
    assert.equal(underWay.outcome, 'ok');
    for (const { outcome, startedAt } of [waiting, late]) {
      assert.ok(outcome instanceof Unavailable);
      assert.equal(startedAt, -1);
    }
  });
});
