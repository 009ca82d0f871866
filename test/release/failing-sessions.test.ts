/** 1,000 signed completions at once, on a simulated clock. Evalon never returns half of the results. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import { connectionFailed, errorFromStatus, invalidResponse } from '../../proxy/evalon/errors.ts';
import { openPermitStore } from '../../proxy/rate-limit/permit-store.ts';
import { createCallScheduler } from '../../proxy/rate-limit/scheduler.ts';
import { startCompletionVerifier } from '../../proxy/scorecards/verify-completion.ts';
import { updateSession } from '../../proxy/sessions/session.ts';
import { createMetrics } from '../../proxy/util/metrics.ts';
import { changeFromEvent } from '../../proxy/webhooks/process.ts';
import { createTestClock } from '../support/fake-clock.ts';
import { NO_WRITES } from '../support/no-writes.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { buildSessionRow } from '../support/session.ts';
import { openStore } from '../support/test-database.ts';

const MINUTE_MS = 60_000;
const SESSION_COUNT = 1_000;
const RATE_PER_MINUTE = 100;
/** The calls per minute that the scheduler allows for reads that no recruiter waits for. */
const BACKGROUND_RATE_PER_MINUTE = 80;
/** Event loop ticks after each timer: enough for a transaction. */
const TICKS = 12;
const CALL_MS = 200;
const TIMEOUT_MS = 10_000;
const FAILURES = ['400', '403', '500', 'HTML', 'hang'] as const;

type Failure = (typeof FAILURES)[number];

function toError(failure: Failure, now: number): Error {
  if (failure === 'hang') return connectionFailed('no complete response within 10000 ms');
  if (failure === 'HTML') return invalidResponse('Evalon did not respond with JSON');
  return errorFromStatus('scorecard', Number(failure), null, now);
}

async function startReads(test: TestContext) {
  const clock = createTestClock({ ticksPerTimer: TICKS });
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const log = pino({ level: 'silent' });
  const random = createSeededRandom(7);
  const failures = new Map<string, Failure>();
  const invitedAt = new Date(clock.now()).toISOString();
  await store.write(async (queries) => {
    for (let n = 0; n < SESSION_COUNT; n++) {
      const row = { ...buildSessionRow(`c${n}@example.com`, invitedAt), session_uuid: `sess_${n}` };
      if (n < SESSION_COUNT / 2) failures.set(row.session_uuid, FAILURES[n % FAILURES.length] ?? 'hang');
      await updateSession(
        queries,
        { clock, ...NO_WRITES },
        row,
        changeFromEvent(row, 'session.completed', invitedAt) ?? {},
      );
    }
  });
  const permits = await openPermitStore(store);
  const scheduler = createCallScheduler({ ratePerMinute: () => RATE_PER_MINUTE, permits, clock, random, log });
  const job = startCompletionVerifier({
    store,
    clock,
    log,
    metrics: createMetrics(),
    random,
    isUnsigned: () => false,
    ...NO_WRITES,
    viewedCandidates: { getVisibility: () => 'none' },
    evalon: {
      async readScorecard({ session_uuid }, { priority, ...options }) {
        const permit = await scheduler.acquire(priority, options);
        return permit.run(async () => {
          const failure = failures.get(session_uuid);
          await new Promise<void>((resolve) => {
            clock.runAfter(failure === 'hang' ? TIMEOUT_MS : CALL_MS, resolve);
          });
          if (failure) throw toError(failure, clock.now());
          return { session_uuid, assessment_type: null, overall: 82, overall_max: null, sections: [] };
        });
      },
    },
  });
  test.after(async () => {
    scheduler.close();
    await job.stop();
    await store.close();
  });
  const countCompleted = () =>
    store.read(async ({ sessions }) => {
      const rows = await sessions.getByIds(Array.from({ length: SESSION_COUNT }, (_, n) => `sess_${n}`));
      return [...rows.values()].filter(({ status }) => status === 'completed').length;
    });
  return { clock, countCompleted };
}

describe('if Evalon never returns half of 1,000 results', () => {
  it('the other half completes within 1.2 times the time of 1,000 calls', async (test) => {
    const { clock, countCompleted } = await startReads(test);
    await clock.advance(1.2 * (SESSION_COUNT / BACKGROUND_RATE_PER_MINUTE) * MINUTE_MS);
    assert.equal(await countCompleted(), SESSION_COUNT / 2);
  });
});
