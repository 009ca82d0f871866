import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RunningProxy } from '../../../proxy/server.ts';
import { ADMIN_TOKEN, createAdminClient, runAdminCli } from '../../support/admin-client.ts';
import { JANE } from '../../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTempFolder, startProxy } from '../../support/proxy.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';
import { startStack } from '../../support/start-stack.ts';
import { usesPostgres } from '../../support/test-database.ts';

const METRICS_TOKEN = 'the-metrics-token-of-tests';
const ENDPOINTS: [string, string][] = [
  ['GET', '/metrics'],
  ['GET', '/admin'],
  ['POST', '/admin/audit'],
  ['POST', '/admin/export'],
  ['POST', '/admin/export/explanation'],
  ['POST', '/admin/erase'],
  ['POST', '/admin/reread'],
  ['POST', '/admin/writes'],
  ['POST', '/admin/writes/retry'],
  ['POST', '/admin/backup'],
  ['GET', '/admin/nothing'],
];

/** On PostgreSQL, the proxy makes no backup, because PostgreSQL has its own tools. */
function getExpectedStatus(path: string): number {
  if (path === '/admin/nothing') return 404;
  return usesPostgres && path === '/admin/backup' ? 409 : 200;
}

describe("IT's endpoints", () => {
  const { folder, remove } = createTempFolder();
  let evalon: TestEvalon;
  let proxyWithoutTokens: RunningProxy;
  let proxyWithTokens: RunningProxy;
  before(async () => {
    evalon = await startEvalon();
    proxyWithoutTokens = await startProxy(evalon);
    proxyWithTokens = await startProxy(evalon, {
      METRICS_TOKEN,
      ADMIN_TOKEN,
      DATABASE_URL: `file:${folder}/evalon.db`,
    });
  });
  after(async () => {
    await Promise.all([proxyWithoutTokens.close(), proxyWithTokens.close(), evalon.close()]);
    remove();
  });

  for (const [method, path] of ENDPOINTS) {
    it(`${method} ${path} returns 404 without its setting, and 401 without its own token`, async () => {
      const request = path === '/admin/reread' ? { all: true } : { candidate_email: JANE.candidate_email };
      const body = method === 'POST' ? JSON.stringify(request) : null;
      const send = (url: string, authorization?: string) =>
        fetch(`${url}${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
          body,
        });
      const validToken = path === '/metrics' ? METRICS_TOKEN : ADMIN_TOKEN;
      const otherToken = path === '/metrics' ? ADMIN_TOKEN : METRICS_TOKEN;
      assert.equal((await send(proxyWithoutTokens.url, `Bearer ${validToken}`)).status, 404);
      assert.equal((await fetch(`${proxyWithoutTokens.url}${path}`, { method: 'OPTIONS' })).status, 404);
      for (const authorization of [
        undefined,
        'Bearer ',
        `Bearer ${otherToken}`,
        `Bearer ${validToken}x`,
        validToken,
        `Basic ${btoa(validToken)}`,
      ]) {
        const { status, headers } = await send(proxyWithTokens.url, authorization);
        assert.equal(status, 401, `${authorization}`);
        assert.equal(headers.get('www-authenticate'), 'Bearer');
      }
      const response = await send(proxyWithTokens.url, `Bearer ${validToken}`);
      assert.equal(response.status, getExpectedStatus(path));
      if (response.ok) assert.equal(response.headers.get('cache-control'), 'no-store');
    });
  }

  it("refuse a recruiter's token, and the API refuses the admin token", async (test) => {
    const { proxy, recruiter } = await startStack(test, { settings: { METRICS_TOKEN, ADMIN_TOKEN } });
    assert.equal((await recruiter.get('/admin')).status, 401);
    const config = await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    assert.equal(config.status, 401);
  });

  it('export counts of calls, refused keys, requests and streams, without personal data', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test, {
      settings: { METRICS_TOKEN, EVALON_API_KEY: `eva_test_wrong,${CANARY_API_KEY}` },
    });
    const { session_uuid } = (await recruiter.invite()).body;
    await recruiter.get(`/v1/sessions/${session_uuid}/scorecard`);
    await evalon.sendEvent(session_uuid, 'session.opened');
    const stream = await recruiter.openStream([JANE]);
    const readMetrics = async () =>
      (await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
    const metrics = await readMetrics();
    for (const line of [
      'evalon_calls_total{call="invite",outcome="ok"} 1',
      'evalon_calls_total{call="scorecard",outcome="not_ready"} 1',
      // Both calls tried the first key.
      'evalon_key_refused_total{key="1"} 2',
      'evalon_key_age_days{key="2"} 0',
      'http_requests_total{method="POST",route="/v1/sessions",status="201"} 1',
      'http_requests_total{method="POST",route="/webhooks/evalon/:token",status="202"} 1',
      'evalon_streams 1',
    ]) {
      assert.ok(metrics.includes(`${line}\n`), line);
    }
    assert.doesNotMatch(metrics, new RegExp(`jane|${session_uuid}|eva_test|recruiter-1|webhook-token`, 'i'));
    stream.close();
    await waitFor(async () => (await readMetrics()).includes('evalon_streams 0\n'));
  });

  it('export all data of one candidate, and audit the export', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const admin = createAdminClient(proxy.url);
    const { session_uuid } = (await recruiter.invite({ application_id: 'app-1', ats: 'own' })).body;
    await recruiter.invite({ candidate_email: 'eve@example.com', candidate_name: 'Eve Sample' });
    await evalon.completeSession(session_uuid);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    // The proxy knows no key `kandidat`.
    const unrecognizedWebhook = JSON.stringify({ kandidat: 'Jane@Example.com' });
    await evalon.sendWebhook(unrecognizedWebhook);
    await evalon.sendWebhook('{"kandidat":"eve@example.com"}');
    const { body } = await admin.post('/admin/export', { candidate_email: ' JANE@example.com' });
    assert.equal(body.sessions.length, 1);
    assert.deepEqual(
      [body.sessions[0].session_uuid, body.sessions[0].application_id, body.sessions[0].scorecard.overall],
      [session_uuid, 'app-1', 82],
    );
    assert.deepEqual(
      body.unrecognized_webhooks.map((webhook: { body: string }) => webhook.body),
      [unrecognizedWebhook],
    );
    assert.deepEqual(
      body.audit.map(({ action }: { action: string }) => action),
      ['invited', 'seen', 'exported'],
    );
    assert.doesNotMatch(JSON.stringify(body), /eve@/);
  });
});

describe('the admin command', () => {
  it('prints the audit log, exports, rereads and erases, with the email from standard input', async (test) => {
    const { proxy, recruiter } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const environment = { ADMIN_TOKEN, PORT: new URL(proxy.url).port };
    await recruiter.invite();
    const email = `${JANE.candidate_email}\n`;
    const auditLog = await runAdminCli(environment, ['audit']);
    assert.equal(JSON.parse(auditLog.out).action, 'invited');
    assert.equal((await runAdminCli(environment, ['audit', '--candidate'], email)).out, auditLog.out);
    assert.equal(JSON.parse((await runAdminCli(environment, ['export'], email)).out).sessions.length, 1);
    assert.match((await runAdminCli(environment, ['export', '--explanation'], email)).out, /^# Assessments of jane@/);
    const rereadAll = await runAdminCli(environment, ['reread', '--all']);
    assert.equal(rereadAll.code, 0);
    assert.match(rereadAll.out, /^Scheduled: 1/);
    assert.match((await runAdminCli(environment, ['reread', 'sess_unknown'])).out, /^Scheduled: 0/);
    assert.equal((await runAdminCli(environment, ['reread'])).code, 64);
    assert.match((await runAdminCli(environment, ['writes', 'retry'])).out, /^Scheduled: 0 entries/);
    const erased = await runAdminCli(environment, ['erase'], email);
    assert.equal(erased.code, 0);
    assert.match(erased.out, /^Erased: 1 sessions/);
    assert.match((await runAdminCli(environment, ['erase'], 'not an email')).err, /must be an email address/);
  });

  it('explains errors and exits with the matching code', async () => {
    // No server listens on port 9.
    const unreachable = { ADMIN_TOKEN, PORT: '9' };
    const noProxy = await runAdminCli(unreachable, ['audit']);
    assert.equal(noProxy.code, 1);
    assert.match(noProxy.err, /Is it running there/);
    assert.doesNotMatch(noProxy.err, new RegExp(ADMIN_TOKEN));
    const noToken = await runAdminCli({}, ['audit']);
    assert.equal(noToken.code, 78);
    assert.match(noToken.err, /^ADMIN_TOKEN is missing/);
    const unknownCommand = await runAdminCli(unreachable, ['everything']);
    assert.equal(unknownCommand.code, 64);
    assert.match(unknownCommand.err, /^Usage/);
  });
});
