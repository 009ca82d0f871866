import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { sessionSchema } from '../../../proxy/contract/session.ts';
import { startPruning } from '../../../proxy/privacy/retention.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startFakeServer } from '../../support/ats/server.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock, type TestClock } from '../../support/fake-clock.ts';
import { createTempFolder, type Settings, startProxy } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { OUTBOUND_SECRET, startWebhookReceiver } from '../../support/webhook-receiver.ts';

const METRICS_TOKEN = 'the-metrics-token-of-tests';
/** Event loop ticks after each timer: enough for a request to the receiver. */
const TICKS = 200;
const PRUNE_INTERVAL_MS = 10 * 60_000;
/** Attempts until a status change becomes a dead letter. */
const MAX_ATTEMPTS = 15;
const DAY_MS = 24 * 60 * 60_000;

async function startWithReceiver(test: TestContext, settings: Settings = {}) {
  const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
  const receiver = await startWebhookReceiver(test, clock);
  const stack = await startStack(test, {
    clock,
    settings: {
      OUTBOUND_WEBHOOK_URL: receiver.url,
      OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET,
      ADMIN_TOKEN,
      METRICS_TOKEN,
      ...settings,
    },
  });
  const { store } = stack.proxy.context;
  const listRows = (sessionUuid: string) => store.read(({ outbox }) => outbox.list(sessionUuid));
  const listStatuses = () => receiver.received.map(({ data }) => data.status);
  async function readMetric(name: string): Promise<number> {
    const response = await fetch(`${stack.proxy.url}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    });
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await response.text())?.[1]);
  }
  return { ...stack, receiver, clock, listRows, listStatuses, readMetric, admin: createAdminClient(stack.proxy.url) };
}

/** Advances the clock by a second, and then minute by minute until the condition holds, at most by a day. */
async function advanceUntil(clock: TestClock, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let minutes = 0; minutes < 24 * 60; minutes++) {
    await clock.advance(minutes ? 60_000 : 1_000);
    if (await condition()) return;
  }
  assert.fail('the condition did not hold within a day');
}

describe('each status change', () => {
  it('is posted with a valid signature, in order, from the invite to the result', async (test) => {
    const { evalon, recruiter, receiver, clock, listStatuses } = await startWithReceiver(test);
    const { session_uuid } = (await recruiter.invite()).body;
    for (const event of ['session.opened', 'session.started']) await evalon.sendEvent(session_uuid, event);
    await evalon.completeSession(session_uuid);
    await advanceUntil(clock, () => listStatuses().includes('completed'));
    assert.deepEqual(listStatuses(), ['invited', 'opened', 'started', 'completed']);
    assert.equal(receiver.rejectedCount, 0);
    assert.equal(new Set(receiver.received.map(({ id }) => id)).size, 4);
    for (const { type, timestamp, data } of receiver.received) {
      assert.equal(type, 'session.status');
      assert.equal(timestamp, data.updated_at);
      assert.deepEqual(sessionSchema.strict().parse(data), data);
      assert.equal(data.candidate_url, undefined);
      assert.deepEqual([data.session_uuid, data.candidate_email], [session_uuid, JANE.candidate_email]);
    }
    assert.equal(receiver.received.at(-1)?.data.score_summary.overall, 82);
  });

  it('contains what the API returns, except the link', async (test) => {
    const { evalon, recruiter, receiver, clock, listStatuses } = await startWithReceiver(test);
    const { session_uuid } = (await recruiter.invite()).body;
    await evalon.sendEvent(session_uuid, 'session.expired');
    await advanceUntil(clock, () => listStatuses().includes('expired'));
    const { candidate_url, ...session } = (await recruiter.get(`/v1/sessions/${session_uuid}`)).body;
    assert.ok(candidate_url);
    assert.deepEqual(receiver.received.at(-1)?.data, session);
  });

  it('is posted once if the same webhook arrives twice, and again if the score changes', async (test) => {
    const { evalon, recruiter, receiver, clock, listStatuses } = await startWithReceiver(test);
    const { session_uuid } = (await recruiter.invite()).body;
    for (const overall of [82, 82, 90]) {
      await evalon.completeSession(session_uuid, { scorecard: { overall } });
      await clock.advance(10 * 60_000);
    }
    await advanceUntil(clock, () => listStatuses().length === 3);
    assert.deepEqual(
      receiver.received.map(({ data }) => data.score_summary?.overall),
      [undefined, 82, 90],
    );
  });

  it('is posted later with the same id if the receiver was down', async (test) => {
    const { evalon, recruiter, receiver, clock, listStatuses } = await startWithReceiver(test);
    receiver.respond = () => ({ status: 503, body: {} });
    const { session_uuid } = (await recruiter.invite()).body;
    await evalon.sendEvent(session_uuid, 'session.opened');
    await clock.advance(60_000);
    assert.deepEqual(new Set(listStatuses()), new Set(['invited']));
    receiver.respond = undefined;
    await advanceUntil(clock, () => listStatuses().includes('opened'));
    const ids = receiver.received.filter(({ data }) => data.status === 'invited').map(({ id }) => id);
    assert.ok(ids.length > 1);
    assert.equal(new Set(ids).size, 1);
  });

  it('is not stored without OUTBOUND_WEBHOOK_URL', async (test) => {
    const { recruiter, receiver, clock, listRows } = await startWithReceiver(test, {
      OUTBOUND_WEBHOOK_URL: undefined,
      OUTBOUND_WEBHOOK_SECRET: undefined,
    });
    const { session_uuid } = (await recruiter.invite()).body;
    await clock.advance(60_000);
    assert.deepEqual(await listRows(session_uuid), []);
    assert.deepEqual(receiver.received, []);
  });
});

describe('a receiver', () => {
  it('that rotates its secret accepts the signature of either secret', async (test) => {
    const newSecret = `whsec_${Buffer.from('the next outbound secret of tests').toString('base64')}`;
    const { recruiter, receiver, clock } = await startWithReceiver(test, {
      OUTBOUND_WEBHOOK_SECRET: `${newSecret},${OUTBOUND_SECRET}`,
    });
    await recruiter.invite();
    await advanceUntil(clock, () => receiver.received.length === 1);
    assert.equal(receiver.rejectedCount, 0);
  });

  it('that names a delay in Retry-After gets no request before the delay has passed', async (test) => {
    const { recruiter, receiver, clock } = await startWithReceiver(test);
    receiver.respond = () => ({ status: 429, headers: { 'retry-after': '1800' }, body: {} });
    await recruiter.invite();
    await clock.advance(29 * 60_000);
    assert.equal(receiver.received.length, 1);
    await clock.advance(5 * 60_000);
    await waitFor(() => receiver.received.length === 2);
  });

  it('that redirects gets no request at the other address', async (test) => {
    const other = await startFakeServer(test, () => ({ status: 200, body: {} }));
    const { recruiter, receiver, clock, listRows } = await startWithReceiver(test);
    receiver.respond = () => ({ status: 307, headers: { location: other.url }, body: {} });
    const { session_uuid } = (await recruiter.invite()).body;
    await advanceUntil(clock, async () => (await listRows(session_uuid))[0]?.problem === 'redirect');
    assert.deepEqual(other.requests, []);
  });

  it('that fails for hours gets the next change after the first became a dead letter', async (test) => {
    const { evalon, recruiter, receiver, clock, listRows, listStatuses, readMetric } = await startWithReceiver(test);
    receiver.respond = ({ data }) => (data.status === 'invited' ? { status: 500, body: {} } : undefined);
    const { session_uuid } = (await recruiter.invite()).body;
    await evalon.sendEvent(session_uuid, 'session.opened');
    // Longer than all attempts together.
    await clock.advance(12 * 60 * 60_000);
    await waitFor(() => listStatuses().includes('opened'));
    const [invited] = await listRows(session_uuid);
    assert.deepEqual([invited?.state, invited?.problem, invited?.attempts], ['failed', 'status_500', MAX_ATTEMPTS]);
    assert.equal(await readMetric('evalon_outbound_webhooks_dead_letter'), 1);
    assert.equal(await readMetric('evalon_outbound_webhooks_total{outcome="failed"}'), 1);
  });

  it('that does not respond to one session’s change delays no other session', async (test) => {
    const { recruiter, receiver, clock, listStatuses } = await startWithReceiver(test);
    receiver.respond = ({ data }) => (data.candidate_email === JANE.candidate_email ? { body: undefined } : undefined);
    await recruiter.invite();
    await recruiter.invite({ candidate_email: 'bob@example.com' });
    await clock.advance(1_000);
    await waitFor(() => listStatuses().length === 2);
    assert.deepEqual(new Set(receiver.received.map(({ data }) => data.candidate_email)).size, 2);
  });
});

describe('a status change in the outbox', () => {
  it('is removed by an erasure, which counts the sent and the unsent changes', async (test) => {
    const { evalon, recruiter, receiver, clock, listRows, listStatuses, admin } = await startWithReceiver(test);
    const { session_uuid } = (await recruiter.invite()).body;
    await advanceUntil(clock, async () => (await listRows(session_uuid))[0]?.state === 'delivered');
    receiver.respond = () => ({ status: 503, body: {} });
    await evalon.sendEvent(session_uuid, 'session.opened');
    await advanceUntil(clock, async () => (await listRows(session_uuid)).length === 2);
    const { body } = await admin.post('/admin/erase', { candidate_email: JANE.candidate_email });
    assert.deepEqual([body.sent_status_changes, body.unsent_status_changes], [1, 1]);
    const countBefore = listStatuses().length;
    receiver.respond = undefined;
    await clock.advance(DAY_MS);
    assert.equal(listStatuses().length, countBefore);
  });

  it('is exported with the candidate', async (test) => {
    const { recruiter, clock, receiver, admin } = await startWithReceiver(test);
    await recruiter.invite();
    await advanceUntil(clock, () => receiver.received.length === 1);
    const { body } = await admin.post('/admin/export', { candidate_email: JANE.candidate_email });
    assert.equal(body.sessions[0].outbound_webhooks.length, 1);
    assert.deepEqual(body.sessions[0].ats_writes, []);
  });

  it('is deleted 30 days after it was sent', async (test) => {
    const { proxy, recruiter, clock, listRows } = await startWithReceiver(test);
    const { session_uuid } = (await recruiter.invite()).body;
    await advanceUntil(clock, async () => (await listRows(session_uuid))[0]?.state === 'delivered');
    const { store, log, eraseCandidates: erase } = proxy.context;
    const later = createTestClock({ startMs: clock.now() + 31 * DAY_MS });
    const config = () => ({ retentionDays: undefined, auditRetentionDays: 400 });
    test.after(startPruning({ store, clock: later, log, erase, config }));
    await later.advance(2 * PRUNE_INTERVAL_MS);
    await waitFor(async () => (await listRows(session_uuid)).length === 0);
  });

  it('survives a restart of the proxy', async (test) => {
    const { folder, remove } = createTempFolder();
    const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
    const receiver = await startWebhookReceiver(test, clock);
    receiver.respond = () => ({ status: 503, body: {} });
    const evalon = await startEvalon();
    const settings = {
      OUTBOUND_WEBHOOK_URL: receiver.url,
      OUTBOUND_WEBHOOK_SECRET: OUTBOUND_SECRET,
      DATABASE_URL: `file:${folder}/evalon.db`,
    };
    let proxy = await startProxy(evalon, settings, clock);
    test.after(async () => {
      await proxy.close();
      await evalon.close();
      remove();
    });
    await (await createRecruiterClient(proxy.url)).invite();
    await waitFor(() => receiver.received.length > 0);
    await proxy.close();
    receiver.respond = undefined;
    const before = receiver.received.length;
    proxy = await startProxy(evalon, settings, clock);
    await advanceUntil(clock, () => receiver.received.length > before);
    assert.equal(new Set(receiver.received.map(({ id }) => id)).size, 1);
  });
});
