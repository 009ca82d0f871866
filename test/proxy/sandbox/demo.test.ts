/** The demo ATS over HTTP. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADA, fillForm, listEvents, startSandbox, submitForm } from './harness.ts';

describe('the demo ATS', () => {
  it('creates a history of several days once, by calls to the proxy, with results to compare', async (test) => {
    const { getSandbox, state, webhooks, handovers } = await startSandbox(test);
    const sandbox = getSandbox();
    await sandbox.seed();
    assert.ok(state.inviteCount > 0 && state.inviteCount <= 25);
    const events = new Set(webhooks.map(({ event }) => event));
    for (const event of ['opened', 'started', 'scoring', 'expired', 'declined']) {
      assert.ok(events.has(`session.${event}`), event);
    }
    const completed = webhooks.flatMap(({ completed_at }) => completed_at ?? []);
    const days = new Set(completed.map((time) => time.slice(0, 10)));
    assert.ok(days.size >= 5, `results of ${days.size} days`);
    const now = new Date(sandbox.now()).toISOString();
    assert.ok(completed.every((time) => time < now));
    assert.deepEqual(Object.keys(Object.groupBy(handovers, ({ token = '' }) => token)).sort(), [
      'demo-colleague',
      'demo-recruiter',
    ]);
    assert.ok(handovers.some(({ kind }) => kind === 'reminder'));

    const results = webhooks.filter(({ event }) => event === 'session.completed');
    const byType = Object.groupBy(results, ({ assessment_type }) => assessment_type);
    assert.deepEqual(Object.keys(byType).sort(), ['graduate', 'marketing', 'sales']);
    // A percentile needs five results.
    for (const [type, list = []] of Object.entries(byType)) assert.ok(list.length >= 5, type);

    const { inviteCount } = state;
    await sandbox.seed();
    assert.equal(state.inviteCount, inviteCount);
    assert.deepEqual(state.batchSizes, [12, 120]);
  });

  it('redirects to the candidate’s link after the invite', async (test) => {
    const { url, createSession } = await startSandbox(test);
    assert.match(await (await fetch(`${url}/candidates/ada-demo/link`)).text(), /Ada Demo has no link yet/);
    const { candidate_url } = await createSession(ADA);
    assert.equal((await fetch(`${url}/candidates/ada-demo/link`)).url, candidate_url);
  });

  it('finishes the assessment from any stage, but only once', async (test) => {
    const { url, createSession, waitForWebhooks, webhooks } = await startSandbox(test);
    const finish = async () => (await fetch(`${url}/candidates/ada-demo/finish`, { method: 'POST' })).status;
    assert.equal(await finish(), 409);
    const { candidate_url, session_uuid } = await createSession(ADA);
    const firstPage = await (await submitForm(`${candidate_url}/start`)).text();
    await submitForm(`${candidate_url}/answers`, fillForm(firstPage, '0', 'The first section is answered.'));
    assert.equal(await finish(), 204);
    await waitForWebhooks((all) => listEvents(all, session_uuid).includes('completed'));
    assert.equal(await finish(), 409);
    const completed = webhooks.find(({ event }) => event === 'session.completed');
    assert.equal(completed?.score_summary?.sections.length, 2);
  });

  it('embeds the widget by the documented tags, under a strict CSP', async (test) => {
    const { url } = await startSandbox(test);
    const listResponse = await fetch(url);
    const listPage = await listResponse.text();
    const profilePage = await (await fetch(`${url}/candidates/ada-demo`)).text();
    assert.equal(listPage.match(/<evalon-status /g)?.length, 20);
    assert.match(profilePage, /<script type="module" src="\/embed.js"><\/script>/);
    assert.match(
      profilePage,
      /<evalon-assessments candidate-email="ada.demo@example.com" candidate-name="Ada Demo" project-id="proj_demo_marketing">/,
    );
    assert.match(profilePage, /Demo ATS · Sandbox with test data, no real candidates/);
    assert.match(
      listResponse.headers.get('content-security-policy') ?? '',
      /script-src 'self'; style-src 'self'; connect-src 'self'/,
    );
    assert.equal((await fetch(`${url}/candidates/unknown`)).status, 404);
  });
});
