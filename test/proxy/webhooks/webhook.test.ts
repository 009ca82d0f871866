import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE, type RecruiterClient } from '../../support/api-client.ts';
import { blockWrites } from '../../support/db-lock.ts';
import { waitFor } from '../../support/eventually.ts';
import { findFreePort } from '../../support/free-port.ts';
import {
  buildProxySettings,
  createTempFolder,
  startProxyProcess,
  WEBHOOK_SECRET,
  webhookUrl,
} from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { toDatabaseUrl } from '../../support/test-database.ts';

/** With signed webhooks, the proxy rereads the scorecard of a claim within seconds instead of after two minutes. */
const WITH_SIGNATURES = { evalon: { webhookSecret: WEBHOOK_SECRET } };

async function inviteJane(recruiter: RecruiterClient): Promise<string> {
  return (await recruiter.invite()).body.session_uuid;
}

function getSession(recruiter: RecruiterClient, sessionUuid: string) {
  return recruiter.get(`/v1/sessions/${sessionUuid}`).then(({ body }) => body);
}

describe('a webhook', () => {
  it('is stored before the response, and updates the session', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = await inviteJane(recruiter);
    assert.equal(await evalon.sendEvent(uuid, 'session.opened'), 202);
    await waitFor(async () => (await getSession(recruiter, uuid)).status === 'opened');
  });

  it('never moves a session back to an earlier status, but is stored as the session’s last event', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = await inviteJane(recruiter);
    await evalon.sendEvent(uuid, 'session.started');
    await evalon.sendEvent(uuid, 'session.opened');
    const session = await waitFor(async () => {
      const body = await getSession(recruiter, uuid);
      return body.last_event === 'session.opened' && body;
    });
    assert.equal(session.status, 'started');
  });

  it('of an unknown type is stored as the last event and changes no status', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = await inviteJane(recruiter);
    assert.equal(await evalon.sendEvent(uuid, 'session.paused_by_candidate'), 202);
    const session = await waitFor(async () => {
      const body = await getSession(recruiter, uuid);
      return body.last_event === 'session.paused_by_candidate' && body;
    });
    assert.equal(session.status, 'invited');
  });

  it('that arrives before the response to the invite is applied once the session is stored', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const early = evalon.addSession(JANE);
    assert.equal(await evalon.completeSession(early.session_uuid), 202);
    assert.equal(await inviteJane(recruiter), early.session_uuid);
    await waitFor(async () => (await getSession(recruiter, early.session_uuid)).status === 'completed');
  });

  it('that claims a completion shows no score until the proxy has read the scorecard', async (test) => {
    const { evalon, recruiter } = await startStack(test, WITH_SIGNATURES);
    const uuid = await inviteJane(recruiter);
    const status = await evalon.sendWebhook({
      event: 'session.completed',
      session_uuid: uuid,
      score_summary: { overall: 99, sections: [] },
      completed_at: '2026-01-15T14:30:00Z',
    });
    assert.equal(status, 202);
    await evalon.waitForRequests(1, 'scorecard');
    const claimed = await waitFor(async () => {
      const body = await getSession(recruiter, uuid);
      return body.confirming && body;
    });
    assert.equal(claimed.status, 'invited');
    assert.equal('score_summary' in claimed, false);

    await evalon.completeSession(uuid, { scorecard: { overall: 61 }, notify: false });
    const completed = await waitFor(async () => {
      const body = await getSession(recruiter, uuid);
      return body.status === 'completed' && body;
    });
    assert.equal(completed.score_summary.overall, 61);
    assert.equal('confirming' in completed, false);
  });

  it('that is repeated completes the session once', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuid = await inviteJane(recruiter);
    for (let n = 0; n < 5; n++) assert.equal(await evalon.completeSession(uuid), 202);
    await waitFor(async () => (await getSession(recruiter, uuid)).status === 'completed');
    await evalon.sendEvent(uuid, 'session.unknown_event');
    await waitFor(async () => (await getSession(recruiter, uuid)).last_event);
    const events = await proxy.context.store.read((queries) => queries.events.listAfter(0, 100));
    const completions = events.filter(
      ({ data }) => JSON.parse(data).status === 'completed' && !JSON.parse(data).last_event,
    );
    assert.equal(completions.length, 1);
  });

  it('that is repeated after later webhooks causes no event, and the original order remains', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const early = evalon.addSession(JANE);
    const stages = ['session.opened', 'session.note', 'session.started', 'session.late_note'];
    for (const event of [...stages, ...stages.toReversed()]) await evalon.sendEvent(early.session_uuid, event);
    const uuid = await inviteJane(recruiter);
    await waitFor(async () => (await getSession(recruiter, uuid)).last_event === 'session.late_note');
    for (const event of [...stages, 'session.end']) await evalon.sendEvent(uuid, event);
    await waitFor(async () => (await getSession(recruiter, uuid)).last_event === 'session.end');
    const events = await proxy.context.store.read((queries) => queries.events.listAfter(0, 100));
    const received = events.map(({ data }) => JSON.parse(data)).map(({ status, last_event = status }) => last_event);
    assert.deepEqual(received, ['invited', 'opened', 'session.note', 'started', 'session.late_note', 'session.end']);
  });

  it('with an id that was used for another session or event is not a duplicate', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const jane = await inviteJane(recruiter);
    const eve = (await recruiter.invite({ candidate_email: 'eve@example.com' })).body.session_uuid;
    const headers = { 'webhook-id': 'endpoint_1' };
    for (const [session_uuid, event] of [
      [jane, 'session.started'],
      [eve, 'session.started'],
      [jane, 'session.submitted'],
    ]) {
      assert.equal(await evalon.sendWebhook({ event: String(event), session_uuid }, { headers }), 202);
    }
    await waitFor(async () => (await getSession(recruiter, jane)).status === 'submitted');
    await waitFor(async () => (await getSession(recruiter, eve)).status === 'started');
  });

  it('that repeats an abandoned claim makes the proxy reread the scorecard', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test, WITH_SIGNATURES);
    const uuid = await inviteJane(recruiter);
    const claim = { event: 'session.completed', session_uuid: uuid, completed_at: '2026-01-15T14:30:00Z' };
    const sameId = { headers: { 'webhook-id': 'msg_1' } };
    await evalon.sendWebhook(claim, sameId);
    await evalon.waitForRequests(1, 'scorecard');
    await waitFor(() =>
      proxy.context.store.write(async ({ sessions }) => {
        const row = await sessions.get(uuid);
        if (row?.read_attempts)
          await sessions.upsert({ ...row, completion_claimed_at: null, read_due_at: null, read_attempts: 0 });
        return Boolean(row?.read_attempts);
      }),
    );
    await evalon.completeSession(uuid, { notify: false });
    evalon.clearRequests();
    assert.equal(await evalon.sendWebhook(claim, sameId), 202);
    await waitFor(async () => (await getSession(recruiter, uuid)).status === 'completed');
    assert.equal(evalon.requests.length, 1);
  });

  it('keeps its claim while Evalon is unavailable', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = await inviteJane(recruiter);
    evalon.injectFault('scorecard', { fault: 'html' }, { times: 2 });
    assert.equal(await evalon.completeSession(uuid), 202);
    await evalon.waitForRequests(1, 'scorecard');
    await waitFor(async () => (await getSession(recruiter, uuid)).confirming);
  });

  const BODIES: [string, string, number][] = [
    ['that is not JSON', 'session.completed', 400],
    ['that is empty', '', 400],
    ['without an event', JSON.stringify({ session_uuid: 'sess_1' }), 202],
    ['without a session', JSON.stringify({ event: 'session.completed' }), 202],
    ['with a session id that is a path', JSON.stringify({ event: 'session.completed', session_uuid: '..' }), 202],
    ['that is an empty array', '[]', 202],
    ['that is a bare value', '"session.completed"', 400],
    ['that is null', 'null', 400],
    ['nested 33 levels deep', `${'['.repeat(33)}${']'.repeat(33)}`, 400],
    ['nested 32 levels deep', `${'['.repeat(32)}${']'.repeat(32)}`, 202],
    ['with NaN', '{"event":"session.opened","session_uuid":"s","score":NaN}', 202],
    ['with a byte order mark', '\uFEFF{"event":"session.opened","session_uuid":"s"}', 202],
    [
      'over 256 KiB',
      JSON.stringify({ event: 'session.completed', session_uuid: 's', pad: 'x'.repeat(256 * 1024) }),
      413,
    ],
    ['about an unknown session', JSON.stringify({ event: 'session.completed', session_uuid: 'sess_unknown' }), 202],
    [
      'of just under 256 KiB',
      JSON.stringify({ event: 'session.opened', session_uuid: 's', pad: 'x'.repeat(255 * 1024) }),
      202,
    ],
  ];
  it('is accepted only with a valid body of limited size', async (test) => {
    const { evalon } = await startStack(test);
    for (const [what, body, status] of BODIES) {
      await test.test(`${what} returns ${status}`, async () => assert.equal(await evalon.sendWebhook(body), status));
    }
  });

  it('with a wrong token is refused with any body, and either of two configured tokens is accepted', async (test) => {
    const { evalon, proxy } = await startStack(test, {
      settings: { EVALON_WEBHOOK_TOKEN: 'the-old-webhook-token,the-new-webhook-token' },
    });
    const webhook = { event: 'session.opened', session_uuid: 'sess_1' };
    const toUrlWith = (token: string) => ({ url: webhookUrl(proxy.url, token) });
    assert.equal(await evalon.sendWebhook(webhook, toUrlWith('the-wrong-webhook-token')), 401);
    assert.equal(await evalon.sendWebhook('x'.repeat(300_000), toUrlWith('the-wrong-webhook-token')), 401);
    assert.equal(await evalon.sendWebhook(webhook, toUrlWith('the-old-webhook-token')), 202);
    assert.equal(await evalon.sendWebhook(webhook, toUrlWith('the-new-webhook-token')), 202);
  });

  it('returns 503 while the database is locked, and 202 afterwards', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { evalon } = await startStack(test, { settings: { DATABASE_URL: `file:${folder}/evalon.db` } });
    const release = await blockWrites(test, `${folder}/evalon.db`);
    assert.equal(await evalon.sendWebhook({ event: 'session.opened', session_uuid: 'sess_1' }), 503);
    await release();
    assert.equal(await evalon.sendWebhook({ event: 'session.opened', session_uuid: 'sess_1' }), 202);
  });

  it('survives kill -9 between its 202 and the read of the scorecard', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { evalon } = await startStack(test);
    const settings = buildProxySettings(evalon, {
      PORT: String(await findFreePort()),
      DATABASE_URL: await toDatabaseUrl(`${folder}/evalon.db`),
    });
    const first = await startProxyProcess(settings);
    const uuid = await inviteJane(await createRecruiterClient(first.url));
    evalon.webhookUrl = webhookUrl(first.url);
    evalon.injectFault('scorecard', { fault: 'hang' });
    assert.equal(await evalon.completeSession(uuid), 202);
    await evalon.waitForRequests(1, 'scorecard');
    await first.kill('SIGKILL');

    evalon.clearFaults();
    const second = await startProxyProcess(settings);
    test.after(() => second.kill('SIGKILL'));
    const recruiter = await createRecruiterClient(second.url);
    await waitFor(async () => (await getSession(recruiter, uuid)).status === 'completed');
  });
});
