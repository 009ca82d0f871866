import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import type { Scorecard } from '../../../proxy/contract/scorecard.ts';
import { startCompletionVerifier } from '../../../proxy/scorecards/verify-completion.ts';
import type { SessionRow } from '../../../proxy/store/schema.ts';
import { openStore } from '../../../proxy/store/store.ts';
import type { Visibility } from '../../../proxy/stream/viewed-candidates.ts';
import { type ProxyError, RateLimited, ScorecardNotReady, UpstreamUnavailable } from '../../../proxy/util/errors.ts';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { changeFromEvent } from '../../../proxy/webhooks/process.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock, maxPerMinute } from '../../support/fake-clock.ts';
import { buildSessionRow } from '../../support/session.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function claimed(n: number, at: string): SessionRow {
  return {
    ...buildSessionRow(`c${n}@example.com`, at),
    session_uuid: `sess_${n}`,
    status: 'started',
    claimed_at: at,
    read_after: at,
  };
}

const scorecardOf = (session_uuid: string): Scorecard => ({
  session_uuid,
  assessment_type: null,
  overall: 82,
  sections: [],
});

/** Claims that are being confirmed on a clock that stands still; `evalon.answer` says what Evalon does. */
async function startClaims(test: TestContext, count = 1, { doubtful = false } = {}) {
  const clock = createTestClock();
  const opened = await openStore(':memory:', 'https://api.evalon.example', clock);
  const reads = { count: 0 };
  const store: typeof opened = {
    ...opened,
    read(look) {
      reads.count += 1;
      return opened.read(look);
    },
  };
  const evalon = {
    calls: 0,
    answer: new ScorecardNotReady('') as ProxyError | 'ready',
    /** Sessions that have a scorecard whatever the answer. */
    ready: new Set<string>(),
    /** Milliseconds until it answers. */
    takes: 0,
    asked: [] as string[],
    /** The calls that found nothing. */
    misses: [] as { session_uuid: string; at: number }[],
  };
  const screen = new Map<string, Visibility>();
  const settings = { doubtful };
  const put = (rows: SessionRow[]) =>
    store.write(async ({ sessions }) => {
      for (const row of rows) await sessions.upsert(row);
    });
  const claims = (from: number, to: number, changes: Partial<SessionRow> = {}) =>
    Array.from({ length: to - from + 1 }, (_, n) => ({
      ...claimed(from + n, new Date(clock.now()).toISOString()),
      ...changes,
    }));
  await put(claims(1, count));

  const start = () =>
    startCompletionVerifier({
      store,
      clock,
      random: () => 0.5,
      log: pino({ level: 'silent' }),
      metrics: createMetrics(),
      isUnsigned: () => settings.doubtful,
      viewedCandidates: { getVisibility: (key) => screen.get(key) ?? 'none' },
      evalon: {
        async readScorecard({ session_uuid }) {
          evalon.calls += 1;
          evalon.asked.push(session_uuid);
          const at = clock.now();
          if (evalon.takes) await new Promise<void>((resolve) => clock.runAfter(evalon.takes, resolve));
          if (evalon.answer === 'ready' || evalon.ready.has(session_uuid)) return scorecardOf(session_uuid);
          if (evalon.answer instanceof ScorecardNotReady) evalon.misses.push({ session_uuid, at });
          throw evalon.answer;
        },
      },
    });
  let worker = start();
  test.after(async () => {
    await worker.stop();
    await store.close();
  });
  return {
    clock,
    evalon,
    screen,
    settings,
    reads,
    store,
    claims,
    put,
    session: (n = 1) => store.read(({ sessions }) => sessions.get(`sess_${n}`)),
    async restart() {
      await worker.stop();
      worker = start();
    },
  };
}

describe('a claimed completion', () => {
  it('is dropped after ten minutes without a scorecard, having asked ever more rarely', async (test) => {
    const { clock, evalon, session } = await startClaims(test);
    await clock.advance(9 * MINUTE);
    assert.notEqual((await session())?.claimed_at, null);
    assert.ok(evalon.calls > 5 && evalon.calls < 30, `${evalon.calls} calls`);
    await clock.advance(3 * MINUTE);
    assert.equal((await session())?.claimed_at, null);
    const { calls } = evalon;
    await clock.advance(60 * MINUTE);
    assert.equal(evalon.calls, calls);
    assert.equal((await session())?.status, 'started');
  });

  it('survives an Evalon that is away for longer than that', async (test) => {
    const { clock, evalon, session } = await startClaims(test);
    evalon.answer = new UpstreamUnavailable('', 503);
    await clock.advance(30 * MINUTE);
    evalon.answer = new ScorecardNotReady('');
    await clock.advance(2 * MINUTE);
    assert.notEqual((await session())?.claimed_at, null);
    evalon.answer = 'ready';
    await clock.advance(2 * MINUTE);
    assert.equal((await session())?.status, 'completed');
  });

  it('is not read before the time that Evalon asks for, and no other one is', async (test) => {
    const { clock, evalon, session } = await startClaims(test, 100);
    evalon.answer = new RateLimited('', { retryAfter: 60 });
    await clock.advance(59_000);
    assert.ok(evalon.calls <= 16, `${evalon.calls} calls`);
    evalon.answer = 'ready';
    await clock.advance(5 * MINUTE);
    assert.equal((await session())?.status, 'completed');
    assert.ok(evalon.calls >= 100);
  });

  it('that Evalon has signed is read again within seconds, however many others were misses', async (test) => {
    const { clock, evalon } = await startClaims(test, 100);
    await clock.advance(10 * SECOND);
    assert.equal(new Set(evalon.asked).size, 100);
    assert.ok(evalon.calls > 200, `${evalon.calls} calls`);
  });
});

describe('a claimed completion that nobody signs', () => {
  for (const [what, takes] of [
    ['', 0],
    [', also where Evalon answers slowly', 7 * SECOND],
  ] as const) {
    it(`is one of at most ten misses in any minute, and none waits for good${what}`, async (test) => {
      const { clock, evalon, screen, claims } = await startClaims(test, 60, { doubtful: true });
      evalon.takes = takes;
      for (const { candidate_key } of claims(1, 60)) screen.set(candidate_key, 'watched');
      await clock.advance(10 * MINUTE);
      assert.ok(maxPerMinute(evalon.misses) <= 10, `${maxPerMinute(evalon.misses)} misses`);
      assert.equal(new Set(evalon.asked).size, 60);
    });
  }

  it('misses at most once in two minutes, also when it was dropped and is claimed again', async (test) => {
    const { clock, evalon, session, store } = await startClaims(test, 1, { doubtful: true });
    for (let second = 0; second < 15 * 60; second++) {
      await clock.advance(SECOND);
      await store.write(async ({ sessions }) => {
        const row = await sessions.get('sess_1');
        const change = row && changeFromEvent(row, 'session.completed', new Date(clock.now()).toISOString());
        if (change) await sessions.upsert({ ...row, ...change });
      });
    }
    assert.ok((await session())?.claimed_at);
    const gaps = evalon.misses.slice(1).map(({ at }, n) => at - (evalon.misses[n]?.at ?? 0));
    assert.ok(gaps.length >= 5, `${gaps}`);
    assert.ok(Math.min(...gaps) >= 2 * MINUTE, `${gaps}`);
  });

  it('is dropped like any other, and its session is looked at again when it is claimed once more', async (test) => {
    const { clock, evalon, session, put } = await startClaims(test, 1, { doubtful: true });
    await clock.advance(11 * MINUTE);
    const dropped = await session();
    assert.ok(dropped);
    assert.equal(dropped.claimed_at, null);
    evalon.answer = 'ready';
    await clock.advance(2 * MINUTE);
    await put([{ ...dropped, ...changeFromEvent(dropped, 'session.completed', new Date(clock.now()).toISOString()) }]);
    await clock.advance(0);
    assert.equal((await session())?.status, 'completed');
  });

  it('finds the misses counted that were made before a restart', async (test) => {
    const { clock, evalon, restart } = await startClaims(test, 60, { doubtful: true });
    await clock.advance(SECOND);
    assert.ok(evalon.misses.length > 0);
    const { length } = evalon.misses;
    await restart();
    await clock.advance(58 * SECOND);
    assert.equal(evalon.misses.length, length);
    await clock.advance(2 * SECOND);
    assert.ok(evalon.misses.length > length);
  });

  it('costs nothing of the ration where its scorecard is there: 500 are read without waiting', async (test) => {
    const { evalon, session } = await startClaims(test, 500, { doubtful: true });
    evalon.answer = 'ready';
    await waitFor(async () => (await session(1))?.status === 'completed' && evalon.calls === 500);
    assert.equal(new Set(evalon.asked).size, 500);
  });

  it('is read in the order of who looks at it, how often it was read, how far it has come, and how new it is', async (test) => {
    const { clock, evalon, screen, claims, put } = await startClaims(test, 0, { doubtful: true });
    await put(claims(6, 6, { status: 'scoring' }));
    evalon.answer = new RateLimited('', { retryAfter: 30 });
    await clock.advance(0);
    await put([
      ...claims(1, 1, { claimed_at: new Date(clock.now() - 2 * SECOND).toISOString(), status: 'scoring' }),
      ...claims(2, 2, { claimed_at: new Date(clock.now() - SECOND).toISOString() }),
      ...claims(3, 3),
      ...claims(4, 4, { status: 'invited' }),
      ...claims(5, 5, { status: 'opened' }),
    ]);
    screen.set('c4@example.com', 'watched');
    screen.set('c5@example.com', 'asked');
    evalon.asked = [];
    evalon.answer = 'ready';
    await clock.advance(MINUTE);
    assert.deepEqual(evalon.asked, ['sess_4', 'sess_5', 'sess_1', 'sess_3', 'sess_2', 'sess_6']);
  });

  it('on somebody’s screen is read at once while the ration of the others is used up', async (test) => {
    const { clock, evalon, screen, claims, put, session } = await startClaims(test, 100, { doubtful: true });
    await clock.advance(5 * SECOND);
    assert.equal(evalon.misses.length, 5);
    evalon.ready.add('sess_200').add('sess_201').add('sess_202');
    screen.set('c200@example.com', 'watched');
    screen.set('c201@example.com', 'asked');
    await put(claims(200, 202, { status: 'invited' }));
    await clock.advance(SECOND);
    assert.equal((await session(200))?.status, 'completed');
    assert.equal((await session(201))?.status, 'completed');
    assert.equal((await session(202))?.status, 'invited');
    assert.equal(evalon.misses.length, 5);
  });

  it('is read once somebody comes to look at it', async (test) => {
    const { clock, evalon, screen, session } = await startClaims(test, 100, { doubtful: true });
    await clock.advance(5 * SECOND);
    const unread = Array.from({ length: 100 }, (_, n) => n + 1).find((n) => !evalon.asked.includes(`sess_${n}`));
    assert.ok(unread);
    evalon.ready.add(`sess_${unread}`);
    screen.set(`c${unread}@example.com`, 'asked');
    await clock.advance(2 * SECOND);
    assert.equal((await session(unread))?.status, 'completed');
  });

  it('on a screen full of false ones waits for seconds, because those may not take all at once', async (test) => {
    const { clock, evalon, screen, claims, put, session } = await startClaims(test, 100, { doubtful: true });
    for (const { candidate_key } of claims(1, 101)) screen.set(candidate_key, 'watched');
    await clock.advance(2 * SECOND);
    evalon.ready.add('sess_101');
    await put(claims(101, 101, { status: 'scoring' }));
    await clock.advance(5 * SECOND);
    assert.equal((await session(101))?.status, 'completed');
  });

  it('costs no look of its own while thousands wait: many commits share one', async (test) => {
    const { clock, reads, put, claims } = await startClaims(test, 3_000, { doubtful: true });
    await clock.advance(2 * SECOND);
    reads.count = 0;
    for (let n = 4_000; n < 4_200; n++) await put(claims(n, n));
    await clock.advance(0);
    assert.ok(reads.count <= 3, `${reads.count} looks`);
  });

  it('is read as freely as ever once webhooks are signed', async (test) => {
    const { clock, evalon, settings, claims, put } = await startClaims(test, 100, { doubtful: true });
    await clock.advance(SECOND);
    assert.ok(evalon.calls <= 5);
    settings.doubtful = false;
    await put(claims(101, 101));
    await clock.advance(10 * SECOND);
    assert.equal(new Set(evalon.asked).size, 101);
  });
});
