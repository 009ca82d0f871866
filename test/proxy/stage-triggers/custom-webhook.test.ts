/** Stage triggers of an ATS that `ATS_HTTP` describes. Here, it is the simulated Workday. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { JANE } from '../../support/api-client.ts';
import { APPLICATION_IDS, buildAtsSettings, startSimulatedAtss } from '../../support/ats/simulated.ts';
import {
  buildCustomWebhook,
  CUSTOM_STAGE_CHANGE,
  CUSTOM_WEBHOOK_SECRET,
  sendAtsWebhook,
} from '../../support/ats-webhooks.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import type { Settings } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

/** Event loop ticks after each timer: enough for a request to the ATS. */
const TICKS = 200;
const ANNA = 'anna@example.com';
const BEN = 'ben@example.com';
const [ANNAS_APPLICATION, BENS_APPLICATION] = [0, 1].map(APPLICATION_IDS.workday);
const TRIGGER = {
  ats: 'workday',
  job: '11',
  stage: 'Assessment',
  project_id: JANE.project_id,
  assessment_type: 'marketing',
  daily_limit: 10,
  dry_run: false,
};

/** Starts a proxy whose `ATS_HTTP` describes how the ATS reports a stage change. */
async function start(test: TestContext, changes: Settings = {}, { hasWriteBack = false } = {}) {
  const atss = await startSimulatedAtss(test);
  const clock = createTestClock({ startMs: Date.now(), ticksPerTimer: TICKS });
  const { ATS_HTTP, ...atsSettings } = buildAtsSettings(atss.connectors);
  const settings = {
    ...atsSettings,
    ATS_HTTP: JSON.stringify({ ...JSON.parse(ATS_HTTP), stage_change: CUSTOM_STAGE_CHANGE }),
    ATS_WEBHOOK_SECRET_HTTP: CUSTOM_WEBHOOK_SECRET,
    STAGE_TRIGGERS: JSON.stringify([TRIGGER]),
    INVITE_DELIVERY: 'evalon',
    ...(hasWriteBack && { ATS_WRITE_BACK: JSON.stringify(atss.writeBack) }),
    ...changes,
  };
  const stack = await startStack(test, { settings, clock });
  const findSession = (email: string) => stack.evalon.findSession(email, JANE.project_id);
  const send = (webhook: Parameters<typeof sendAtsWebhook>[1]) => sendAtsWebhook(stack.proxy.url, webhook);
  return { ...stack, ...atss, clock, findSession, send };
}

describe('a stage change in the ATS of ATS_HTTP', () => {
  it('invites the candidate that the ATS’s API names, once for each webhook', async (test) => {
    const { recruiter, candidates, clock, findSession, send } = await start(test);
    const webhook = { applicationId: ANNAS_APPLICATION, id: 'msg_1' };
    assert.equal(await send(buildCustomWebhook(webhook)), 200);
    await clock.advance(1_000);
    await waitFor(() => findSession(ANNA));
    const [session] = (await recruiter.query({ candidate_email: ANNA })).body.sessions;
    assert.equal(session.invited_by, 'trigger:workday');

    // Ben now has the trigger's job, but a webhook with the same id counts as a repeat, even if it was sent later.
    candidates.change(1, { jobId: '11' });
    const sentAt = new Date(Date.now() + 2_000);
    assert.equal(await send(buildCustomWebhook({ ...webhook, applicationId: BENS_APPLICATION, sentAt })), 200);
    await clock.advance(60_000);
    assert.equal(findSession(BEN), undefined);
  });

  it('causes an invite that is written into the application in the webhook', async (test) => {
    const { clock, send, records } = await start(test, {}, { hasWriteBack: true });
    await send(buildCustomWebhook({ applicationId: ANNAS_APPLICATION }));
    await clock.advance(60_000);
    await waitFor(() => records.list('workday', 0).length === 1);
  });

  for (const [what, change] of [
    ['to another stage', { stage: 'Offer' }],
    ['without a stage', { stage: null }],
    ['of several applications', { applicationId: [ANNAS_APPLICATION, BENS_APPLICATION] }],
    ['with an id of another format', { applicationId: '../JA-1001' }],
    ['of a candidate for another job', { applicationId: BENS_APPLICATION }],
  ] as const) {
    it(`${what} is acknowledged, and triggers no invite`, async (test) => {
      const { evalon, clock, send } = await start(test);
      assert.equal(await send(buildCustomWebhook({ applicationId: ANNAS_APPLICATION, ...change })), 200);
      await clock.advance(60_000);
      assert.equal(evalon.sessionCount, 0);
    });
  }

  it('without a valid signature is refused, and triggers nothing', async (test) => {
    const { evalon, clock, send } = await start(test);
    const valid = buildCustomWebhook({ applicationId: BENS_APPLICATION });
    const otherSecret = `whsec_${Buffer.from('another secret of tests, of enough length').toString('base64')}`;
    const tenMinutesAgo = new Date(Date.now() - 10 * 60_000);
    for (const forged of [
      buildCustomWebhook({ applicationId: ANNAS_APPLICATION }, otherSecret),
      buildCustomWebhook({ applicationId: ANNAS_APPLICATION, sentAt: tenMinutesAgo }),
      { ...valid, body: valid.body.replace(`${BENS_APPLICATION}`, `${ANNAS_APPLICATION}`) },
      { ...valid, headers: { ...valid.headers, 'webhook-id': 'msg_2' } },
      { ...valid, headers: {} },
    ]) {
      assert.equal(await send(forged), 401, JSON.stringify(forged));
    }
    await clock.advance(60_000);
    assert.equal(evalon.sessionCount, 0);
  });

  it('gets 404 without the secret, or for an unknown ATS', async (test) => {
    const { send } = await start(test, { ATS_WEBHOOK_SECRET_HTTP: undefined, STAGE_TRIGGERS: undefined });
    const webhook = buildCustomWebhook({ applicationId: ANNAS_APPLICATION });
    for (const path of ['/webhooks/ats/workday', '/webhooks/ats/__proto__']) {
      assert.equal(await send({ ...webhook, path }), 404, path);
    }
  });
});
