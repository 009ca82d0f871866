import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMetrics } from '../../../proxy/util/metrics.ts';
import { ADMIN_TOKEN, createAdminClient, runAdminCli } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../../support/proxy.ts';
import { CANARY_API_KEY } from '../../support/secret-leak-check.ts';
import { startStack } from '../../support/start-stack.ts';

const METRICS_TOKEN = 'the-metrics-token-of-tests';
const PLACES: [string, string][] = [
  ['GET', '/metrics'],
  ['GET', '/admin'],
  ['POST', '/admin/audit'],
  ['POST', '/admin/export'],
  ['POST', '/admin/erase'],
  ['POST', '/admin/backup'],
  ['GET', '/admin/nothing'],
];

describe('what is for IT alone', () => {
  for (const [method, path] of PLACES) {
    it(`${method} ${path} is not there without the setting, and opens to nothing but its own token`, async (test) => {
      const { folder, remove } = createTempFolder();
      test.after(remove);
      const closed = await startStack(test);
      const settings = { METRICS_TOKEN, ADMIN_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` };
      const open = await startStack(test, { settings });
      const body = method === 'POST' ? JSON.stringify({ candidate_email: JANE.candidate_email }) : null;
      const ask = (url: string, authorization?: string) =>
        fetch(`${url}${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
          body,
        });
      const right = path === '/metrics' ? METRICS_TOKEN : ADMIN_TOKEN;
      const other = path === '/metrics' ? ADMIN_TOKEN : METRICS_TOKEN;
      assert.equal((await ask(closed.proxy.url, `Bearer ${right}`)).status, 404);
      assert.equal((await fetch(`${closed.proxy.url}${path}`, { method: 'OPTIONS' })).status, 404);
      for (const wrong of [
        undefined,
        'Bearer ',
        `Bearer ${other}`,
        `Bearer ${right}x`,
        right,
        `Basic ${btoa(right)}`,
      ]) {
        const { status, headers } = await ask(open.proxy.url, wrong);
        assert.equal(status, 401, `${wrong}`);
        assert.equal(headers.get('www-authenticate'), 'Bearer');
      }
      const answer = await ask(open.proxy.url, `Bearer ${right}`);
      assert.equal(answer.status, path === '/admin/nothing' ? 404 : 200);
      if (answer.ok) assert.equal(answer.headers.get('cache-control'), 'no-store');
    });
  }

  it('a recruiter’s token does not open, nor is it an administrator’s to call the API', async (test) => {
    const { proxy, page } = await startStack(test, { settings: { METRICS_TOKEN, ADMIN_TOKEN } });
    assert.equal((await page.get('/admin')).status, 401);
    const config = await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    assert.equal(config.status, 401);
  });

  it('the metrics count calls, refused keys, requests by route and open streams, and name nobody', async (test) => {
    const { evalon, proxy, page } = await startStack(test, {
      settings: { METRICS_TOKEN, EVALON_API_KEY: `eva_test_wrong,${CANARY_API_KEY}` },
    });
    const { session_uuid } = (await page.invite()).body;
    await page.get(`/v1/sessions/${session_uuid}/scorecard`);
    await evalon.sendEvent(session_uuid, 'session.opened');
    const stream = await page.openStream([JANE]);
    const read = async () =>
      (await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
    const metrics = await read();
    for (const line of [
      'evalon_calls_total{call="invite",outcome="ok"} 1',
      'evalon_calls_total{call="scorecard",outcome="not_ready"} 1',
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
    await waitFor(async () => (await read()).includes('evalon_streams 0\n'));
  });

  it('a number that cannot be read now keeps nobody from the others', async () => {
    const metrics = createMetrics();
    metrics.registerGauge('broken', 'Cannot be read', () => Promise.reject(new Error('no database')));
    const text = await metrics.render();
    assert.match(text, /^broken nan$/im);
    assert.match(text, /^process_start_time_seconds \d/m);
  });

  it('an export holds everything about one candidate and is itself recorded', async (test) => {
    const { evalon, proxy, page } = await startStack(test, { settings: { ADMIN_TOKEN } });
    const admin = createAdminClient(proxy.url);
    const { session_uuid } = (await page.invite({ application_id: 'app-1', ats: 'own' })).body;
    await page.invite({ candidate_email: 'eve@example.com', candidate_name: 'Eve Sample' });
    await evalon.completeSession(session_uuid);
    await waitFor(async () => (await page.get(`/v1/sessions/${session_uuid}`)).body.status === 'completed');
    const { body } = await admin.post('/admin/export', { candidate_email: ' JANE@example.com' });
    assert.equal(body.sessions.length, 1);
    assert.deepEqual(
      [body.sessions[0].session_uuid, body.sessions[0].application_id, body.sessions[0].scorecard.overall],
      [session_uuid, 'app-1', 82],
    );
    assert.deepEqual(
      body.audit.map(({ action }: { action: string }) => action),
      ['invited', 'seen', 'exported'],
    );
    assert.doesNotMatch(JSON.stringify(body), /eve@/);
  });
});

describe('the admin command', () => {
  it('prints the record, exports and erases, with the email from standard input', async (test) => {
    const evalon = await startEvalon();
    const settings = buildProxySettings(evalon, { ADMIN_TOKEN });
    const proxy = await startProxyProcess(settings);
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
    });
    const at = { ...settings, PORT: new URL(proxy.url).port };
    await (await createRecruiterClient(proxy.url)).invite();
    const email = `${JANE.candidate_email}\n`;
    const record = await runAdminCli(at, ['audit']);
    assert.equal(JSON.parse(record.out).action, 'invited');
    assert.equal((await runAdminCli(at, ['audit', '--candidate'], email)).out, record.out);
    assert.equal((await runAdminCli(at, ['audit', '--candidate'], 'nobody@example.com')).out, '');
    assert.equal(JSON.parse((await runAdminCli(at, ['export'], email)).out).sessions.length, 1);
    const erased = await runAdminCli(at, ['erase'], email);
    assert.deepEqual([erased.code, erased.out.slice(0, 18)], [0, 'Erased: 1 sessions']);
    assert.match((await runAdminCli(at, ['erase'], 'no email')).err, /must be an email address/);
  });

  it('says what is wrong where it cannot', async () => {
    const nowhere = { ADMIN_TOKEN, PORT: '9' };
    const unreached = await runAdminCli(nowhere, ['audit']);
    assert.deepEqual([unreached.code, /Is it running there/.test(unreached.err)], [1, true]);
    assert.doesNotMatch(unreached.err, new RegExp(ADMIN_TOKEN));
    const unset = await runAdminCli({}, ['audit']);
    assert.deepEqual([unset.code, /^ADMIN_TOKEN is missing/.test(unset.err)], [78, true]);
    const unknown = await runAdminCli(nowhere, ['everything']);
    assert.deepEqual([unknown.code, /^Usage/.test(unknown.err)], [64, true]);
  });
});
