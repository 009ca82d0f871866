import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { GREENHOUSE_IDS, LEVER_IDS } from '../../../proxy/sandbox/simulated-ats/candidates.ts';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { JANE } from '../../support/api-client.ts';
import { buildAtsSettings, startSimulatedAtss } from '../../support/ats/simulated.ts';
import {
  buildGreenhouseWebhook,
  buildLeverWebhook,
  GREENHOUSE_WEBHOOK_SECRET,
  LEVER_WEBHOOK_SECRET,
  sendAtsWebhook,
} from '../../support/ats-webhooks.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { collectLogLines } from '../../support/log-lines.ts';
import { createTempFolder, type Settings, startProxy } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Event loop ticks after each timer: enough for a request to the ATS. */
const TICKS = 200;
const ANNA = 'anna@example.com';
const BEN = 'ben@example.com';
const ASSESSMENT = { project_id: JANE.project_id, assessment_type: 'marketing' };
/** Anna's job in the simulated ATSs is 11, and Ben's is 22. */
const GREENHOUSE_TRIGGER = {
  ats: 'greenhouse',
  job: '11',
  stage: 'Assessment',
  ...ASSESSMENT,
  daily_limit: 10,
  dry_run: false,
};
const LEVER_TRIGGER = { ...GREENHOUSE_TRIGGER, ats: 'lever', stage: 'stage-assessment' };
const ANNAS_APPLICATION = Number(GREENHOUSE_IDS.application(0));
const BENS_APPLICATION = Number(GREENHOUSE_IDS.application(1));

function buildSettings(atsSettings: Settings, triggers: object[]): Settings {
  return {
    ...atsSettings,
    STAGE_TRIGGERS: JSON.stringify(triggers),
    ATS_WEBHOOK_SECRET_GREENHOUSE: GREENHOUSE_WEBHOOK_SECRET,
    ATS_WEBHOOK_SECRET_LEVER: LEVER_WEBHOOK_SECRET,
    INVITE_DELIVERY: 'evalon',
    ADMIN_TOKEN,
  };
}

async function start(
  test: TestContext,
  triggers: object[] = [GREENHOUSE_TRIGGER, LEVER_TRIGGER],
  changes: Settings = {},
) {
  const atss = await startSimulatedAtss(test);
  const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
  const settings = { ...buildSettings(buildAtsSettings(atss.connectors), triggers), ...changes };
  const stack = await startStack(test, { settings, clock });
  const findSession = (email: string) => stack.evalon.findSession(email, JANE.project_id);
  const send = (webhook: Parameters<typeof sendAtsWebhook>[1]) => sendAtsWebhook(stack.proxy.url, webhook);
  /** Sends Greenhouse's webhook about Anna's new stage. */
  async function moveAnna(webhook: Partial<Parameters<typeof buildGreenhouseWebhook>[0]> = {}): Promise<number> {
    return send(buildGreenhouseWebhook({ applicationId: ANNAS_APPLICATION, ...webhook }));
  }
  /** Returns the outcomes of triggers in the audit log, oldest first. */
  async function listTriggered(): Promise<string[]> {
    const entries = await createAdminClient(stack.proxy.url).readAuditLog();
    return entries.filter(({ action }) => action === 'triggered').map(({ detail }) => detail.split(' ')[0]);
  }
  return { ...stack, ...atss, clock, findSession, send, moveAnna, listTriggered };
}

describe('a stage change', () => {
  it('in Greenhouse invites the candidate that Greenhouse’s API names, not the candidate in the webhook', async (test) => {
    const { recruiter, clock, findSession, moveAnna, listTriggered } = await start(test);
    assert.equal(await moveAnna({ email: 'another@example.com' }), 200);
    await clock.advance(1_000);
    await waitFor(() => findSession(ANNA));
    assert.equal(findSession('another@example.com'), undefined);
    await waitFor(async () => (await listTriggered()).length === 1);
    assert.deepEqual(await listTriggered(), ['invited']);
    const [session] = (await recruiter.query({ candidate_email: ANNA })).body.sessions;
    assert.deepEqual([session.invited_by, session.invited_by_name], ['trigger:greenhouse', 'Stage trigger']);
  });

  it('in Lever invites the candidate of the opportunity', async (test) => {
    const { clock, findSession, send } = await start(test);
    const webhook = buildLeverWebhook({ opportunityId: LEVER_IDS.opportunity(0), triggeredAt: clock.now() });
    assert.equal(await send(webhook), 200);
    await clock.advance(1_000);
    await waitFor(() => findSession(ANNA));
  });

  it('in Greenhouse without a connector invites the candidate in the signed webhook', async (test) => {
    const withoutConnector = { ATS_GREENHOUSE_CLIENT_ID: undefined, ATS_GREENHOUSE_CLIENT_SECRET: undefined };
    const { clock, findSession, moveAnna } = await start(test, [GREENHOUSE_TRIGGER], withoutConnector);
    await moveAnna();
    await clock.advance(1_000);
    assert.equal((await waitFor(() => findSession(ANNA))).candidate_name, 'Anna Ames');
  });

  it('is recognized by the id of the stage, too', async (test) => {
    /** The stage in `buildGreenhouseWebhook`. */
    const stageId = 71_416;
    const { clock, findSession, moveAnna } = await start(test, [{ ...GREENHOUSE_TRIGGER, stage: stageId, job: 11 }]);
    await moveAnna();
    await clock.advance(1_000);
    await waitFor(() => findSession(ANNA));
  });

  for (const [difference, webhook] of [
    ['to another stage', { stage: { id: 1, name: 'Offer' } }],
    ['in another job', { jobId: 22 }],
  ] as const) {
    it(`${difference} triggers no invite`, async (test) => {
      const { evalon, clock, moveAnna, listTriggered } = await start(test);
      assert.equal(await moveAnna(webhook), 200);
      await clock.advance(60_000);
      assert.equal(evalon.sessionCount, 0);
      assert.deepEqual(await listTriggered(), []);
    });
  }

  it('of a candidate for another job triggers no invite, although the webhook names the trigger’s job', async (test) => {
    const { evalon, clock, moveAnna } = await start(test);
    await moveAnna({ applicationId: BENS_APPLICATION });
    await clock.advance(60_000);
    assert.equal(evalon.sessionCount, 0);
  });

  it('that arrives twice triggers once', async (test) => {
    const { clock, moveAnna, listTriggered } = await start(test);
    for (let repeat = 0; repeat < 2; repeat++) {
      assert.equal(await moveAnna(), 200);
      await clock.advance(60_000);
    }
    await waitFor(async () => (await listTriggered()).length > 0);
    assert.deepEqual(await listTriggered(), ['invited']);
    // A later activity makes the webhook a new event.
    await moveAnna({ lastActivityAt: '2026-01-16T14:30:00Z' });
    await clock.advance(60_000);
    await waitFor(async () => (await listTriggered()).length === 2);
    assert.deepEqual(await listTriggered(), ['invited', 'existing']);
  });

  it('in a dry run is only logged and audited', async (test) => {
    const { evalon, clock, moveAnna, listTriggered } = await start(test, [{ ...GREENHOUSE_TRIGGER, dry_run: true }]);
    await moveAnna();
    await clock.advance(60_000);
    await waitFor(async () => (await listTriggered()).length === 1);
    assert.deepEqual(await listTriggered(), ['dry_run']);
    assert.equal(evalon.sessionCount, 0);
  });

  it('above the daily limit invites on the next day', async (test) => {
    const { clock, candidates, send, findSession } = await start(test, [{ ...GREENHOUSE_TRIGGER, daily_limit: 1 }]);
    candidates.change(1, { jobId: '11' });
    for (const applicationId of [ANNAS_APPLICATION, BENS_APPLICATION]) {
      await send(buildGreenhouseWebhook({ applicationId }));
    }
    await clock.advance(60_000);
    await waitFor(() => findSession(ANNA));
    assert.equal(findSession(BEN), undefined);
    await clock.advance(DAY_MS);
    await waitFor(() => findSession(BEN));
  });

  it('is tried again while the ATS or Evalon is down', async (test) => {
    const { evalon, apis, clock, findSession, moveAnna } = await start(test);
    apis.greenhouse.faults.add({ kind: 'read', fault: { fault: 'refuse', status: 503 }, times: 2 });
    evalon.injectFault('create', { fault: 'refuse', status: 503 }, { times: 2 });
    await moveAnna();
    await clock.advance(60 * 60_000);
    await waitFor(() => findSession(ANNA));
  });

  it('of a candidate who was deleted fails, because the candidate is missing, and alerts IT', async (test) => {
    const { proxy, candidates, clock, moveAnna } = await start(test);
    const lines = collectLogLines(proxy);
    candidates.change(0, { isDeleted: true });
    await moveAnna();
    await clock.advance(60_000);
    const { store } = proxy.context;
    const listChanges = () =>
      store.read(({ stageChanges }) => stageChanges.list('greenhouse', String(ANNAS_APPLICATION)));
    await waitFor(async () => (await listChanges())[0]?.state === 'failed');
    assert.equal((await listChanges())[0]?.problem, 'candidate_missing');
    const alerts = lines.map(({ facts }) => facts).filter(({ alert }) => alert === 'stage_trigger_failed');
    assert.deepEqual(alerts, [
      { alert: 'stage_trigger_failed', ats: 'greenhouse', stage: 'Assessment', problem: 'candidate_missing' },
    ]);
  });

  it('of an erased candidate has no effect, even if its webhook is replayed', async (test) => {
    const { proxy, evalon, clock, findSession, moveAnna } = await start(test);
    await moveAnna();
    await clock.advance(1_000);
    await waitFor(() => findSession(ANNA));
    const admin = createAdminClient(proxy.url);
    await waitFor(async () => (await admin.readAuditLog(ANNA)).some(({ action }) => action === 'triggered'));
    await admin.post('/admin/erase', { candidate_email: ANNA });
    const requestCount = evalon.requests.length;
    assert.equal(await moveAnna(), 200);
    await clock.advance(DAY_MS);
    assert.equal(evalon.requests.length, requestCount);
  });

  it('survives a restart between the webhook and the invite', async (test) => {
    const { folder, remove } = createTempFolder();
    const atss = await startSimulatedAtss(test);
    const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
    const evalon = await startEvalon();
    const settings = {
      ...buildSettings(buildAtsSettings(atss.connectors), [GREENHOUSE_TRIGGER]),
      DATABASE_URL: `file:${folder}/evalon.db`,
    };
    atss.apis.greenhouse.faults.add({ kind: 'read', fault: { fault: 'refuse', status: 503 }, times: 1 });
    let proxy = await startProxy(evalon, settings, clock);
    test.after(async () => {
      await proxy.close();
      await evalon.close();
      remove();
    });
    await sendAtsWebhook(proxy.url, buildGreenhouseWebhook({ applicationId: ANNAS_APPLICATION }));
    await waitFor(() => atss.apis.greenhouse.requests.some(({ kind }) => kind === 'read'));
    await proxy.close();
    assert.equal(evalon.sessionCount, 0);
    proxy = await startProxy(evalon, settings, clock);
    await clock.advance(60 * 60_000);
    await waitFor(() => evalon.findSession(ANNA, JANE.project_id));
    const entries = await createAdminClient(proxy.url).readAuditLog(ANNA);
    assert.equal(entries.filter(({ action }) => action === 'triggered').length, 1);
  });
});

describe('a webhook', () => {
  it('without a valid signature is refused, and triggers nothing', async (test) => {
    const { evalon, clock, send } = await start(test);
    const greenhouse = buildGreenhouseWebhook({ applicationId: ANNAS_APPLICATION });
    const lever = buildLeverWebhook({ opportunityId: LEVER_IDS.opportunity(0), triggeredAt: clock.now() });
    for (const forged of [
      buildGreenhouseWebhook({ applicationId: ANNAS_APPLICATION }, 'another-secret'),
      { ...greenhouse, body: greenhouse.body.replace('"id":11', '"id":22') },
      { ...greenhouse, headers: {} },
      { ...greenhouse, headers: { signature: 'sha256 ' } },
      { ...greenhouse, headers: { signature: greenhouse.headers['signature']?.replace('sha256', 'sha1') ?? '' } },
      { ...lever, path: greenhouse.path },
      buildLeverWebhook({ opportunityId: LEVER_IDS.opportunity(0), triggeredAt: clock.now() }, 'another-secret'),
      { ...lever, body: '{}' },
      { ...lever, body: 'not JSON' },
      { ...lever, body: '' },
    ]) {
      assert.equal(await send(forged), 401, JSON.stringify(forged));
    }
    await clock.advance(60_000);
    assert.equal(evalon.sessionCount, 0);
  });

  it('of Lever is refused after a day, and a second webhook with the same token triggers nothing', async (test) => {
    const { clock, send, findSession } = await start(test, [LEVER_TRIGGER, { ...LEVER_TRIGGER, job: '22' }]);
    const old = { opportunityId: LEVER_IDS.opportunity(0), triggeredAt: clock.now() - DAY_MS - 1 };
    assert.equal(await send(buildLeverWebhook(old)), 401);
    const first = { opportunityId: LEVER_IDS.opportunity(0), triggeredAt: clock.now(), token: 'token' };
    assert.equal(await send(buildLeverWebhook(first)), 200);
    assert.equal(await send(buildLeverWebhook({ ...first, opportunityId: LEVER_IDS.opportunity(1) })), 200);
    await clock.advance(60_000);
    await waitFor(() => findSession(ANNA));
    assert.equal(findSession(BEN), undefined);
  });

  it('is accepted with either secret during a rotation', async (test) => {
    const { send } = await start(test, [GREENHOUSE_TRIGGER], {
      ATS_WEBHOOK_SECRET_GREENHOUSE: `the-next-secret,${GREENHOUSE_WEBHOOK_SECRET}`,
    });
    assert.equal(await send(buildGreenhouseWebhook({ applicationId: 1 })), 200);
    assert.equal(await send(buildGreenhouseWebhook({ applicationId: 2 }, 'the-next-secret')), 200);
  });

  it('about another event, such as Greenhouse’s ping, is acknowledged', async (test) => {
    const { evalon, clock, send } = await start(test);
    assert.equal(await send(buildSignedGreenhouseWebhook({ action: 'ping', payload: { web_hook_id: 1 } })), 200);
    assert.equal(await send(buildOtherLeverWebhook('candidateHired', clock.now())), 200);
    assert.equal(evalon.sessionCount, 0);
  });

  it('of an unknown ATS, or of an ATS without a secret, gets 404', async (test) => {
    const { send } = await start(test, [GREENHOUSE_TRIGGER], { ATS_WEBHOOK_SECRET_LEVER: undefined });
    const lever = buildLeverWebhook({ opportunityId: LEVER_IDS.opportunity(0), triggeredAt: Date.now() });
    for (const path of ['/webhooks/ats/lever', '/webhooks/ats/ashby', '/webhooks/ats/__proto__']) {
      assert.equal(await send({ ...lever, path }), 404, path);
    }
  });

  it('above 1 MiB is refused', async (test) => {
    const { send } = await start(test);
    const webhook = buildGreenhouseWebhook({ applicationId: 1 });
    assert.equal(await send({ ...webhook, body: webhook.body + ' '.repeat(1024 * 1024) }), 413);
  });
});

function buildSignedGreenhouseWebhook(body: object) {
  const { path, headers } = buildGreenhouseWebhook({ applicationId: 1 });
  const text = JSON.stringify(body);
  const hex = createHmac('sha256', GREENHOUSE_WEBHOOK_SECRET).update(text).digest('hex');
  return { path, headers: { ...headers, signature: `sha256 ${hex}` }, body: text };
}

/** Builds a webhook with a valid signature, because Lever signs neither the event nor the data. */
function buildOtherLeverWebhook(event: string, triggeredAt: number) {
  const webhook = buildLeverWebhook({ opportunityId: LEVER_IDS.opportunity(0), triggeredAt });
  return { ...webhook, body: JSON.stringify({ ...JSON.parse(webhook.body), event }) };
}
