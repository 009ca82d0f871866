/** The simulated Evalon as the tests start it: faults, the request log, the control API. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { type EvalonOptions, startEvalon, type TestEvalon } from '../../support/evalon.ts';
import { WEBHOOK_SECRET } from '../../support/proxy.ts';

describe('the simulated Evalon', () => {
  let evalon: TestEvalon;

  before(async () => {
    evalon = await startEvalon();
  });
  after(() => evalon.close());
  afterEach(() => {
    evalon.clearFaults();
    evalon.clearRequests();
  });

  const JANE = {
    assessment_type: 'marketing',
    candidate_email: 'jane@example.com',
    candidate_name: 'Jane Smith',
    project_id: 'proj_abc123',
  };

  function call(path: string, body?: object, target: TestEvalon = evalon): Promise<Response> {
    return fetch(`${target.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${target.apiKey}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
  }

  async function withEvalon(options: EvalonOptions, use: (other: TestEvalon) => Promise<void>): Promise<void> {
    const other = await startEvalon(options);
    await use(other).finally(() => other.close());
  }

  test('a fault is injected as often as requested, and every call is logged', async () => {
    evalon.injectFault('create', { fault: 'html' }, { times: 1 });
    evalon.injectFault(
      'create',
      { fault: 'change', fields: { session_uuid: null, candidate_url: 'javascript:0' } },
      { times: 1 },
    );
    assert.match((await call('/api/v1/sessions/', JANE)).headers.get('content-type') ?? '', /html/);
    const changed = await (await call('/api/v1/sessions/', JANE)).json();
    assert.equal(changed.session_uuid, undefined);
    assert.equal(changed.candidate_url, 'javascript:0');
    assert.ok((await (await call('/api/v1/sessions/', JANE)).json()).session_uuid);
    const requests = await evalon.waitForRequests(3, 'create');
    assert.equal(requests.length, 3);
    assert.deepEqual(requests[0]?.body, JANE);
  });

  test('faults can be set when the simulated Evalon starts', () =>
    withEvalon({ faults: [{ kind: 'any', fault: { fault: 'refuse', status: 503 }, times: 1 }] }, async (other) => {
      assert.equal((await call('/api/v1/sessions/', JANE, other)).status, 503);
      assert.equal((await call('/api/v1/sessions/', JANE, other)).status, 200);
    }));

  test('responses can be truncated, lost or endless', async () => {
    evalon.injectFault('create', { fault: 'truncated' }, { times: 1 });
    await assert.rejects((await call('/api/v1/sessions/', JANE)).json());
    evalon.injectFault('create', { fault: 'reset' }, { times: 1 });
    await assert.rejects(call('/api/v1/sessions/', JANE));
    const lost = { ...JANE, candidate_email: 'lost@example.com' };
    evalon.injectFault('create', { fault: 'lost-response' }, { times: 1 });
    await assert.rejects(call('/api/v1/sessions/', lost));
    assert.ok(evalon.findSession(lost.candidate_email, lost.project_id));
    evalon.injectFault('create', { fault: 'endless' }, { times: 1 });
    const endless = await call('/api/v1/sessions/', JANE);
    // More than the 2 MiB that the proxy accepts.
    const enoughBytes = 3_000_000;
    let bytes = 0;
    for await (const chunk of endless.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > enoughBytes) break;
    }
    assert.ok(bytes > enoughBytes);
  });

  test('batch results can be reordered, cut, anonymous or refused', async () => {
    const sessions = ['a', 'b', 'c'].map((name) => ({ ...JANE, candidate_email: `${name}@example.com` }));
    evalon.injectFault('batch', {
      fault: 'batch-results',
      reverse: true,
      limit: 2,
      anonymous: true,
      refuse: { 1: 429 },
    });
    const { results } = await (await call('/api/v1/sessions/batch/', { sessions })).json();
    assert.equal(results.length, 2);
    const last = evalon.findSession('c@example.com', JANE.project_id);
    assert.equal(results[0].session_uuid, last?.session_uuid);
    assert.equal('candidate_email' in results[0], false);
    assert.equal(results[1].status, 429);
  });

  test('the batch endpoint can be missing', () =>
    withEvalon({ hasBatchEndpoint: false }, async (other) => {
      assert.equal((await call('/api/v1/sessions/batch/', { sessions: [JANE] }, other)).status, 404);
    }));

  test('the rate limit is configurable', () =>
    withEvalon({ ratePerMinute: 2 }, async (other) => {
      assert.equal((await call('/api/v1/sessions/', JANE, other)).status, 200);
      assert.equal((await call('/api/v1/sessions/', JANE, other)).status, 200);
      const refused = await call('/api/v1/sessions/', JANE, other);
      assert.equal(refused.status, 429);
      assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
    }));

  test('a test can complete a session with the scorecard that it chooses', async () => {
    const { session_uuid } = await (await call('/api/v1/sessions/', JANE)).json();
    assert.equal((await call(`/api/v1/sessions/${session_uuid}/scorecard/`)).status, 404);
    await evalon.completeSession(session_uuid, { scorecard: { overall: 64 } });
    const scorecard = await (await call(`/api/v1/sessions/${session_uuid}/scorecard/`)).json();
    assert.equal(scorecard.overall, 64);
    assert.equal(scorecard.session_uuid, session_uuid);
  });

  test('connections are refused while the simulated Evalon is stopped, and sessions survive', async () => {
    const { session_uuid } = await (await call('/api/v1/sessions/', JANE)).json();
    await evalon.stop();
    await assert.rejects(call('/api/v1/sessions/', JANE));
    await evalon.start();
    assert.equal((await (await call('/api/v1/sessions/', JANE)).json()).session_uuid, session_uuid);
  });

  test('a page of any origin can call the control API, and webhooks are signed', () =>
    withEvalon({}, async (receiver) =>
      withEvalon({ webhookUrl: `${receiver.url}/hooks/`, webhookSecret: WEBHOOK_SECRET }, async (other) => {
        const control = async (command: string, parameters: object = {}) => {
          const response = await fetch(`${other.url}/__test__/${command}`, {
            method: 'POST',
            body: JSON.stringify(parameters),
          });
          assert.equal(response.headers.get('access-control-allow-origin'), '*');
          return response.json();
        };
        const { session_uuid } = await (await call('/api/v1/sessions/', JANE, other)).json();
        assert.equal((await control('session', JANE)).session_uuid, session_uuid);
        assert.equal(await control('complete', { session_uuid }), 401, 'the receiver refuses the webhook');
        const [webhook] = await receiver.waitForRequests(1);
        assert.match(JSON.stringify(webhook?.body), /"event":"session.completed"/);
        assert.match(String(webhook?.headers['webhook-signature']), /^v1,/);
        assert.equal((await control('requests')).length, 1);
        await control('inject-fault', { kind: 'create', fault: { fault: 'refuse', status: 400 } });
        assert.equal((await call('/api/v1/sessions/', JANE, other)).status, 400);
        await control('clear-faults');
        assert.equal((await call('/api/v1/sessions/', JANE, other)).status, 200);
      }),
    ));
});
