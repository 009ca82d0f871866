/** The test Evalon itself: strict where the guide speaks. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type EvalonOptions, startEvalon, type TestEvalon } from '../support/evalon.ts';

let evalon: TestEvalon;

before(async () => {
  evalon = await startEvalon();
});
after(() => evalon.close());
afterEach(() => {
  evalon.clearFaults();
  evalon.clearRequests();
});

const jane = {
  assessment_type: 'marketing',
  candidate_email: 'jane@example.com',
  candidate_name: 'Jane Smith',
  project_id: 'proj_abc123',
};

function call(path: string, body?: object, of: TestEvalon = evalon, key = of.apiKey): Promise<Response> {
  return fetch(`${of.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'manual',
  });
}

async function withEvalon(options: EvalonOptions, use: (other: TestEvalon) => Promise<void>): Promise<void> {
  const other = await startEvalon(options);
  await use(other).finally(() => other.close());
}

test('returns the first session again, whatever type is asked for', async () => {
  const first = await (await call('/api/v1/sessions/', jane)).json();
  const second = await (await call('/api/v1/sessions/', { ...jane, assessment_type: 'sales' })).json();
  assert.deepEqual(second, first);
  assert.equal(first.assessment_type, 'marketing');
  assert.ok(first.candidate_url.startsWith(`${evalon.url}/take/`));
});

test('refuses a wrong key, a missing slash and a body without a name, each with its status', async () => {
  const wrongKey = await call('/api/v1/sessions/', jane, evalon, 'eva_live_other');
  assert.equal(wrongKey.status, 401);
  assert.equal(typeof (await wrongKey.json()).detail, 'string');
  assert.equal((await call('/api/v1/sessions', jane)).status, 301);
  assert.equal((await call('/api/v1/sessions/', { ...jane, candidate_name: '' })).status, 400);
});

test('has a scorecard only after completion', async () => {
  const { session_uuid } = await (await call('/api/v1/sessions/', jane)).json();
  assert.equal((await call(`/api/v1/sessions/${session_uuid}/scorecard/`)).status, 404);
  await evalon.completeSession(session_uuid, { overall: 64 });
  const scorecard = await (await call(`/api/v1/sessions/${session_uuid}/scorecard/`)).json();
  assert.equal(scorecard.overall, 64);
});

test('answers a batch in order, with a refusal in the place of its item', async () => {
  const sessions = [jane, { ...jane, candidate_email: 'not an address' }];
  const { results } = await (await call('/api/v1/sessions/batch/', { sessions })).json();
  assert.equal(results[0].candidate_email, jane.candidate_email);
  assert.equal(results[1].status, 400);
});

test('keeps to its limit of calls a minute', () =>
  withEvalon({ ratePerMinute: 2 }, async (other) => {
    assert.equal((await call('/api/v1/sessions/', jane, other)).status, 200);
    assert.equal((await call('/api/v1/sessions/', jane, other)).status, 200);
    const refused = await call('/api/v1/sessions/', jane, other);
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
  }));

test('misbehaves as often as told, and journals every call', async () => {
  evalon.injectFault('create', { fault: 'html' }, 1);
  evalon.injectFault('create', { fault: 'change', fields: { session_uuid: null, candidate_url: 'javascript:0' } }, 1);
  assert.match((await call('/api/v1/sessions/', jane)).headers.get('content-type') ?? '', /html/);
  const changed = await (await call('/api/v1/sessions/', jane)).json();
  assert.equal(changed.session_uuid, undefined);
  assert.equal(changed.candidate_url, 'javascript:0');
  assert.ok((await (await call('/api/v1/sessions/', jane)).json()).session_uuid);
  assert.equal((await evalon.waitForRequests(3, 'create')).length, 3);
});

test('cuts answers off, closes connections and pours without end', async () => {
  evalon.injectFault('create', { fault: 'truncated' }, 1);
  await assert.rejects((await call('/api/v1/sessions/', jane)).json());
  evalon.injectFault('create', { fault: 'reset' }, 1);
  await assert.rejects(call('/api/v1/sessions/', jane));
  evalon.injectFault('create', { fault: 'endless' }, 1);
  const endless = await call('/api/v1/sessions/', jane);
  let bytes = 0;
  for await (const chunk of endless.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > 3_000_000) break;
  }
  assert.ok(bytes > 3_000_000);
});

test('refuses connections while stopped, and remembers its sessions', async () => {
  const { session_uuid } = await (await call('/api/v1/sessions/', jane)).json();
  await evalon.stop();
  await assert.rejects(call('/api/v1/sessions/', jane));
  await evalon.start();
  assert.equal((await (await call('/api/v1/sessions/', jane)).json()).session_uuid, session_uuid);
});

test('lets a browser steer it, and sends the webhook when a candidate finishes', () =>
  withEvalon({}, async (receiver) =>
    withEvalon({ webhookUrl: `${receiver.url}/hooks/` }, async (other) => {
      const session = await (await call('/api/v1/sessions/', jane, other)).json();
      const page = await fetch(session.candidate_url);
      assert.match(await page.text(), /<button>Finish<\/button>/);
      await fetch(session.candidate_url, { method: 'POST' });
      const [webhook] = await receiver.waitForRequests(1);
      assert.match(JSON.stringify(webhook?.body), /"event":"session.completed"/);
      const journal = await fetch(`${other.url}/__test__/requests`, { method: 'POST' });
      assert.equal((await journal.json()).length, 1);
    }),
  ));
