/** From 500 signed webhooks of one minute to 500 scorecards, on a clock that stands still, before strict windows. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import { openLedger } from '../../../proxy/rate-limit/permit-store.ts';
import { createPace } from '../../../proxy/rate-limit/scheduler.ts';
import { startCompletionVerifier } from '../../../proxy/scorecards/verify-completion.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { startWebhookProcessor } from '../../../proxy/webhooks/process.ts';
import { createWebhookReceiver } from '../../../proxy/webhooks/receive.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { createRateOracle } from '../../support/rate-oracle.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { buildSessionRow } from '../../support/session.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const COUNT = 500;
const RATE = 100;
/** Milliseconds between two webhooks. */
const EVERY = MINUTE / COUNT;
/** Milliseconds until the 500th read can begin: the 100th waits for its webhook, then a hundred begin in each minute. */
const LEAST = (RATE - 1) * EVERY + (COUNT / RATE - 1) * MINUTE;

/** Answers, for each session, the milliseconds from its webhook to its scorecard, and from the first webhook on. */
async function burst(test: TestContext, takes: number, isWatched: (n: number) => boolean) {
  const clock = createTestClock(undefined, 12);
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const log = pino({ level: 'silent' });
  const random = createSeededRandom(1);
  const at = new Date(clock.now()).toISOString();
  await store.write(async ({ sessions }) => {
    for (let n = 0; n < COUNT; n++) {
      await sessions.upsert({
        ...buildSessionRow(`c${n}@example.com`, at),
        session_uuid: `sess_${n}`,
        status: 'scoring',
      });
    }
  });
  const windows = createRateOracle(clock, RATE, random);
  const ledger = await openLedger({ store, clock, log });
  const pace = createPace({ ratePerMinute: () => RATE, ledger, clock, random, log });
  const workers = [
    startWebhookProcessor({ store, clock, log }),
    startCompletionVerifier({
      store,
      clock,
      log,
      metrics: createMetrics(),
      random,
      isUnsigned: () => false,
      viewedCandidates: { getVisibility: (key) => (isWatched(Number(/\d+/.exec(key))) ? 'watched' : 'none') },
      evalon: {
        readScorecard: ({ session_uuid }, { priority: lane }) =>
          pace.run(lane, async () => {
            await windows.call(takes);
            return { session_uuid, assessment_type: null, overall: 82, sections: [] };
          }),
      },
    }),
  ];
  test.after(async () => {
    pace.close();
    await Promise.all(workers.map((worker) => worker.stop()));
    await store.close();
  });

  const { receive } = createWebhookReceiver({ store, clock });
  const first = clock.now();
  const told = Array.from({ length: COUNT }, (_, n) => first + n * EVERY);
  for (const [n, at] of told.entries()) {
    const body = { event: 'session.completed', session_uuid: `sess_${n}`, completed_at: new Date(at).toISOString() };
    clock.runAfter(at - first, () => void receive(Buffer.from(JSON.stringify(body)), `msg_${n}`));
  }
  await clock.advance(8 * MINUTE);
  const rows = await store.read(({ sessions }) => sessions.listByCandidates(told.map((_, n) => `c${n}@example.com`)));
  const read = rows.map(({ session_uuid, completed_at, status }) => {
    const n = Number(session_uuid.slice('sess_'.length));
    const end = status === 'completed' ? Date.parse(String(completed_at)) : Number.POSITIVE_INFINITY;
    return { n, took: end - (told[n] ?? 0), end: end - first };
  });
  return { windows, read };
}

for (const { takes, least } of [
  { takes: 200, least: LEAST + 200 },
  // Each of them holds its slot for a minute after the answer.
  { takes: 9 * SECOND, least: LEAST + (COUNT / RATE) * 9 * SECOND },
]) {
  describe(`500 completions in a minute, read from an Evalon that takes ${takes} ms`, () => {
    it('are all read within 1.2 times the least, and one on somebody’s screen within 5 s', async (test) => {
      const isWatched = (n: number) => n % 50 === 25;
      const { windows, read } = await burst(test, takes, isWatched);
      const last = Math.max(...read.map(({ end }) => end));
      const slowest = Math.max(...read.filter(({ n }) => isWatched(n)).map(({ took }) => took));
      test.diagnostic(`all after ${last} ms, ${last / least} times the least; on a screen after ${slowest} ms`);
      assert.equal(windows.refusedCount, 0);
      assert.equal(windows.arrivalTimes.length, COUNT);
      assert.ok(last <= 1.2 * least, `${last} ms, the least is ${least} ms`);
      assert.ok(slowest - takes < 5 * SECOND - 200, `${slowest} ms`);
    });
  });
}
