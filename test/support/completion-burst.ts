/** Sends signed completions for a minute on a fake clock, and counts the calls that Evalon could refuse. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { createFieldMap } from '../../proxy/evalon/field-map.ts';
import { openPermitStore } from '../../proxy/rate-limit/permit-store.ts';
import { createCallScheduler } from '../../proxy/rate-limit/scheduler.ts';
import { startCompletionVerifier } from '../../proxy/scorecards/verify-completion.ts';
import { createMetrics } from '../../proxy/util/metrics.ts';
import { startWebhookProcessor } from '../../proxy/webhooks/process.ts';
import { createWebhookReceiver } from '../../proxy/webhooks/receive.ts';
import { createTestClock } from './fake-clock.ts';
import { NO_WRITES } from './no-writes.ts';
import { createSeededRandom } from './seeded-random.ts';
import { buildSessionRow } from './session.ts';
import { createStrictRateCounter } from './strict-rate-counter.ts';
import { openStore } from './test-database.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Longer than the proxy may take for all results. */
const MAX_DURATION_MS = 9 * MINUTE_MS;
/** Evalon's rate limit: calls per minute. */
const RATE_PER_MINUTE = 100;
/** Calls per minute that the proxy uses for reads that no recruiter waits for. */
const BACKGROUND_RATE_PER_MINUTE = 80;
/** The longest time from a webhook to its call to Evalon, so that a call of 200 ms ends within 5 s. */
const MAX_ON_SCREEN_WAIT_MS = 4_800;
/** One in this many sessions is on a recruiter's screen. */
const ON_SCREEN_EVERY = 50;
const isOnScreen = (n: number) => n % ON_SCREEN_EVERY === ON_SCREEN_EVERY / 2;

interface Burst {
  /** How many completions arrive within the minute. */
  count: number;
  /** How long each call to Evalon takes. */
  callMs: number;
}

/**
 * Sends the webhooks. Returns for each session the time from its own webhook, and from the first webhook, to its
 * result.
 */
async function runBurst(test: TestContext, { count, callMs }: Burst) {
  const clock = createTestClock({ ticksPerTimer: 12 });
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const log = pino({ level: 'silent' });
  const random = createSeededRandom(1);
  const invitedAt = new Date(clock.now()).toISOString();
  await store.write(async ({ sessions }) => {
    for (let n = 0; n < count; n++) {
      await sessions.upsert({
        ...buildSessionRow(`c${n}@example.com`, invitedAt),
        session_uuid: `sess_${n}`,
        status: 'scoring',
      });
    }
  });
  const rateCounter = createStrictRateCounter(clock, RATE_PER_MINUTE, random);
  const permits = await openPermitStore(store);
  const scheduler = createCallScheduler({ ratePerMinute: () => RATE_PER_MINUTE, permits, clock, random, log });
  const jobs = [
    startWebhookProcessor({ store, clock, log, ...NO_WRITES }),
    startCompletionVerifier({
      store,
      clock,
      log,
      metrics: createMetrics(),
      random,
      isUnsigned: () => false,
      ...NO_WRITES,
      viewedCandidates: { getVisibility: (key) => (isOnScreen(Number(/\d+/.exec(key))) ? 'streaming' : 'none') },
      evalon: {
        async readScorecard({ session_uuid }, { priority, ...options }) {
          const permit = await scheduler.acquire(priority, options);
          await permit.run(() => rateCounter.call(callMs));
          return { session_uuid, assessment_type: null, overall: 82, overall_max: null, sections: [] };
        },
      },
    }),
  ];
  test.after(async () => {
    scheduler.close();
    await Promise.all(jobs.map((job) => job.stop()));
    await store.close();
  });

  const receive = createWebhookReceiver({ store, clock, fieldMap: createFieldMap });
  const firstAt = clock.now();
  const webhookTimes = Array.from({ length: count }, (_, n) => firstAt + (n * MINUTE_MS) / count);
  for (const [n, at] of webhookTimes.entries()) {
    const body = { event: 'session.completed', session_uuid: `sess_${n}`, completed_at: new Date(at).toISOString() };
    clock.runAfter(at - firstAt, () => void receive(Buffer.from(JSON.stringify(body)), `msg_${n}`));
  }
  await clock.advance(MAX_DURATION_MS);
  const keys = webhookTimes.map((_, n) => `c${n}@example.com`);
  const rows = await store.read(({ sessions }) => sessions.listByCandidates(keys));
  const results = rows.map(({ session_uuid, completed_at, status }) => {
    const n = Number(session_uuid.slice('sess_'.length));
    // The scorecard has no time, so the proxy stores the time at which it read the scorecard.
    const at = status === 'completed' ? Date.parse(String(completed_at)) : Number.POSITIVE_INFINITY;
    return { n, sinceWebhookMs: at - (webhookTimes[n] ?? 0), sinceFirstWebhookMs: at - firstAt };
  });
  return { rateCounter, results };
}

/** Asserts that the proxy reads all results at 80 per minute, and those on a recruiter's screen within 5 s. */
export async function assertResultsReadInTime(test: TestContext, burst: Burst): Promise<void> {
  const { count, callMs } = burst;
  const { rateCounter, results } = await runBurst(test, burst);
  const onScreenCount = count / ON_SCREEN_EVERY;
  const windows = Math.ceil((count - onScreenCount) / BACKGROUND_RATE_PER_MINUTE);
  // The first window ends when its webhooks have arrived. Each later window begins a minute after the calls before it.
  const minMs = (BACKGROUND_RATE_PER_MINUTE * MINUTE_MS) / count + (windows - 1) * (MINUTE_MS + callMs) + callMs;
  const lastMs = Math.max(...results.map(({ sinceFirstWebhookMs }) => sinceFirstWebhookMs));
  const onScreen = results.filter(({ n }) => isOnScreen(n));
  const slowestMs = Math.max(...onScreen.map(({ sinceWebhookMs }) => sinceWebhookMs));
  test.diagnostic(
    `last result after ${lastMs} ms (minimum ${minMs} ms), slowest result on a screen after ${slowestMs} ms`,
  );
  assert.deepEqual(
    [onScreen.length, rateCounter.refusedCount, rateCounter.arrivalTimes.length],
    [onScreenCount, 0, count],
  );
  assert.ok(
    lastMs <= 1.1 * minMs,
    `the last result came after ${lastMs} ms, more than 1.1 times the minimum of ${minMs} ms`,
  );
  assert.ok(slowestMs - callMs < MAX_ON_SCREEN_WAIT_MS, `the slowest result on a screen came after ${slowestMs} ms`);
}
