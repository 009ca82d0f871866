import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pino } from 'pino';
import type { Session } from '../../../proxy/contract/session.ts';
import { createFieldMap } from '../../../proxy/evalon/field-map.ts';
import { startOverdueMarker } from '../../../proxy/scorecards/mark-overdue.ts';
import { startReconciler } from '../../../proxy/scorecards/reconcile.ts';
import { startCompletionVerifier } from '../../../proxy/scorecards/verify-completion.ts';
import { toSession } from '../../../proxy/sessions/session.ts';
import { type ProxyError, ScorecardNotReady, UpstreamUnavailable } from '../../../proxy/util/errors.ts';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { startWebhookProcessor } from '../../../proxy/webhooks/process.ts';
import { createWebhookReceiver } from '../../../proxy/webhooks/receive.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { NO_WRITES } from '../../support/no-writes.ts';
import { buildSessionRow } from '../../support/session.ts';
import { openStore } from '../../support/test-database.ts';

/** Event loop ticks after each timer: enough for a transaction. */
const TICKS = 12;
/** The session of `buildSessionRow`. */
const SESSION_UUID = 'sess_1';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Starts all jobs that read results, on a fake clock, with one started session. Evalon returns no result while
 * `evalon.error` is set.
 */
async function startWithoutResult(test: TestContext) {
  const clock = createTestClock({ ticksPerTimer: TICKS });
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const logLines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logLines.push(line) });
  const evalon = {
    error: new ScorecardNotReady('') as ProxyError | undefined,
    async readScorecard({ session_uuid }: { session_uuid: string }) {
      if (evalon.error) throw evalon.error;
      return { session_uuid, assessment_type: null, overall: 82, overall_max: null, sections: [] };
    },
  };
  const start = () => [
    startWebhookProcessor({ store, clock, log, ...NO_WRITES }),
    startCompletionVerifier({
      store,
      evalon,
      clock,
      log,
      random: () => 0.5,
      isUnsigned: () => false,
      ...NO_WRITES,
      viewedCandidates: { getVisibility: () => 'none' },
      metrics: createMetrics(),
    }),
    startReconciler({ store, evalon, clock, log, metrics: createMetrics(), ...NO_WRITES }),
    startOverdueMarker({ store, clock, log }),
  ];
  let jobs = start();
  const stop = () => Promise.all(jobs.map((job) => job.stop()));
  test.after(async () => {
    await stop();
    await store.close();
  });
  const receive = createWebhookReceiver({ store, clock, fieldMap: createFieldMap });
  const at = new Date(clock.now()).toISOString();
  await store.write(({ sessions }) => sessions.upsert({ ...buildSessionRow('c@example.com', at), status: 'started' }));
  return {
    clock,
    evalon,
    logLines,
    async sendWebhook(event: string, webhookId: string) {
      void receive(Buffer.from(JSON.stringify({ event, session_uuid: SESSION_UUID })), webhookId);
      await clock.advance(0);
    },
    async getSession(): Promise<Session> {
      const row = await store.read(({ sessions }) => sessions.get(SESSION_UUID));
      assert.ok(row);
      return toSession(row);
    },
    /** Returns the sessions in the stream's frames. */
    async listFrames(): Promise<Session[]> {
      const rows = await store.read(({ events }) => events.listAfter(0, 100));
      return rows.map(({ data }) => JSON.parse(data) as Session);
    },
    async restart() {
      await stop();
      jobs = start();
    },
  };
}

describe('a claimed completion without a result', () => {
  it('is marked overdue 24 hours after the claim, shown in streams, and logged once for IT', async (test) => {
    const { clock, logLines, sendWebhook, getSession, listFrames } = await startWithoutResult(test);
    await sendWebhook('session.completed', 'm1');
    assert.equal((await getSession()).confirming, true);
    await clock.skip(24 * HOUR_MS - MINUTE_MS);
    await clock.advance(MINUTE_MS - 1);
    const almostOverdue = await getSession();
    assert.equal(almostOverdue.confirming, undefined);
    assert.equal(almostOverdue.result_unavailable, undefined);
    await clock.advance(1);
    assert.equal((await getSession()).result_unavailable, true);
    assert.equal((await getSession()).status, 'started');
    assert.equal((await listFrames()).at(-1)?.result_unavailable, true);
    assert.ok(String((await getSession()).updated_at) > String(almostOverdue.updated_at));
    await clock.skip(24 * HOUR_MS);
    await clock.skip(24 * HOUR_MS);
    assert.equal(logLines.filter((line) => line.includes('result_unavailable')).length, 1);
    assert.equal((await listFrames()).filter((frame) => frame.result_unavailable).length, 1);
  });

  it('is marked overdue even after a restart', async (test) => {
    const { clock, sendWebhook, getSession, restart } = await startWithoutResult(test);
    await sendWebhook('session.completed', 'm1');
    await clock.skip(HOUR_MS);
    await restart();
    await clock.skip(23 * HOUR_MS - MINUTE_MS);
    await clock.advance(MINUTE_MS);
    assert.equal((await getSession()).result_unavailable, true);
    await restart();
    assert.equal((await getSession()).result_unavailable, true);
  });

  it('is marked overdue if Evalon was unreachable for a day', async (test) => {
    const { clock, evalon, sendWebhook, getSession } = await startWithoutResult(test);
    evalon.error = new UpstreamUnavailable('', 503);
    await sendWebhook('session.completed', 'm1');
    await clock.skip(23 * HOUR_MS);
    assert.equal((await getSession()).confirming, true);
    await clock.advance(HOUR_MS + 2 * MINUTE_MS);
    const { confirming, result_unavailable } = await getSession();
    assert.deepEqual([confirming, result_unavailable], [undefined, true]);
  });

  it('completes when a late result arrives', async (test) => {
    const { clock, evalon, sendWebhook, getSession, listFrames } = await startWithoutResult(test);
    await sendWebhook('session.completed', 'm1');
    await clock.skip(30 * HOUR_MS);
    evalon.error = undefined;
    await clock.skip(24 * HOUR_MS);
    const { status, result_unavailable } = await getSession();
    assert.deepEqual([status, result_unavailable], ['completed', undefined]);
    assert.equal((await listFrames()).at(-1)?.result_unavailable, undefined);
  });

  it('is marked overdue 24 hours after the first claim, and again when a later claim is dropped', async (test) => {
    const { clock, sendWebhook, getSession } = await startWithoutResult(test);
    await sendWebhook('session.completed', 'm1');
    await clock.skip(20 * HOUR_MS);
    await sendWebhook('session.completed', 'm2');
    await clock.skip(4 * HOUR_MS - MINUTE_MS);
    await clock.advance(MINUTE_MS);
    assert.equal((await getSession()).result_unavailable, true);
    await sendWebhook('session.completed', 'm3');
    const claimedAgain = await getSession();
    assert.deepEqual([claimedAgain.confirming, claimedAgain.result_unavailable], [true, undefined]);
    await clock.advance(15 * MINUTE_MS);
    const { confirming, result_unavailable } = await getSession();
    assert.deepEqual([confirming, result_unavailable], [undefined, true]);
  });

  it('is not marked overdue if the session ended in another way', async (test) => {
    const { clock, sendWebhook, getSession } = await startWithoutResult(test);
    await sendWebhook('session.completed', 'm1');
    await clock.skip(20 * HOUR_MS);
    await sendWebhook('session.expired', 'm2');
    await clock.skip(30 * HOUR_MS);
    const { status, result_unavailable } = await getSession();
    assert.deepEqual([status, result_unavailable], ['expired', undefined]);
  });

  it('is polled at most once in the twelve hours after it is marked overdue', async (test) => {
    const { clock, evalon, sendWebhook } = await startWithoutResult(test);
    await sendWebhook('session.completed', 'm1');
    await clock.advance(24 * HOUR_MS - MINUTE_MS);
    let reads = 0;
    const { readScorecard } = evalon;
    evalon.readScorecard = (session) => {
      reads += 1;
      return readScorecard(session);
    };
    await clock.advance(12 * HOUR_MS);
    assert.ok(reads <= 1, `${reads} reads`);
  });
});
