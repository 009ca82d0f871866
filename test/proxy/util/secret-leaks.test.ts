import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ADMIN_TOKEN, createAdminClient } from '../../support/admin-client.ts';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { startFakeGreenhouse } from '../../support/ats/greenhouse.ts';
import { LEVER_KEY, startFakeLever } from '../../support/ats/lever.ts';
import type { FakeServer } from '../../support/ats/server.ts';
import { type Fault, startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { serve } from '../../support/http-server.ts';
import {
  buildProxySettings,
  createTempFolder,
  startProxyProcess,
  WEBHOOK_TOKEN,
  webhookUrl,
} from '../../support/proxy.ts';
import { assertNoSecretLeak, CANARY_API_KEY as KEY } from '../../support/secret-leak-check.ts';
import { HOST_TOKEN_SECRET, mintToken } from '../../support/token.ts';

const NAME = 'Canary Nameson';
const EMAIL = 'canary@example.com';
const RAW_ONLY = 'A canary that only the raw answers contain.';
const NARRATIVE = 'A canary narrative for recruiters only.';
const DIST = join(import.meta.dirname, '../../../dist');

const FAULTS: Fault[] = [
  { fault: 'refuse', status: 401, detail: `The key ${KEY} is unknown` },
  { fault: 'refuse', status: 400, detail: { candidate_name: [`${NAME.toUpperCase()} <${EMAIL}> is not welcome`] } },
  { fault: 'refuse', status: 400, detail: 'Nameson may not be invited, nor NAMESON,Canary' },
  { fault: 'response', status: 400, body: { why: `“Canary\u00a0 Nameson”: canary%40example.com` } },
  { fault: 'refuse', status: 500, detail: `boom ${KEY} ${EMAIL}` },
  { fault: 'html' },
  { fault: 'truncated' },
  { fault: 'redirect', to: `http://127.0.0.1:9/?key=${KEY}` },
  { fault: 'change', fields: { session_uuid: null } },
  { fault: 'reset' },
];

const OPPORTUNITY = '5b591aed-88e3-4395-b9c6-7d529f93354a';
const ATS_FAULTS: FakeServer['override'][] = [
  () => ({ status: 401, body: { why: `${LEVER_KEY} of ${NAME}` } }),
  () => ({ status: 400, body: `${EMAIL} is not welcome` }),
  () => ({ status: 500, body: `${OPPORTUNITY}: ${NAME} <${EMAIL}>` }),
  () => ({ status: 302, headers: { location: `http://127.0.0.1:9/?who=${EMAIL}` }, body: {} }),
  () => ({ body: { data: [EMAIL, NAME], access_token: 7 } }),
  undefined,
];

describe('secrets and personal data', () => {
  it('are in no response, header, frame or log line, for any response of the upstream servers', async (test) => {
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    const lever = await startFakeLever(test);
    const greenhouse = await startFakeGreenhouse(test);
    const settings = buildProxySettings(evalon, {
      DATABASE_URL: `file:${folder}/evalon.db`,
      LOG_LEVEL: 'trace',
      ADMIN_TOKEN,
      ...lever.settings,
      ...greenhouse.settings,
    });
    const proxy = await startProxyProcess(settings);
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
      remove();
    });
    evalon.webhookUrl = webhookUrl(proxy.url);
    const recruiter = await createRecruiterClient(proxy.url);
    const responses: unknown[] = [];
    const record = async (response: Promise<{ headers: Headers; body: unknown }>) => {
      const { headers, body } = await response;
      responses.push([...headers], body);
      return body as { session_uuid: string; status?: string };
    };
    const candidate = { candidate_email: EMAIL, candidate_name: NAME };
    const invite = () => record(recruiter.invite(candidate));
    for (const fault of FAULTS) {
      evalon.injectFault('create', fault, { times: 1 });
      await invite();
    }
    const unknownFields = { 'canary@example.com': RAW_ONLY, remark: RAW_ONLY };
    evalon.injectFault('create', { fault: 'change', fields: unknownFields }, { times: 1 });
    const { session_uuid } = await invite();
    const stream = await recruiter.openStream([{ candidate_email: EMAIL }]);
    const unfinished: Fault = { fault: 'response', body: { status: 'scoring', ...unknownFields } };
    for (const fault of [...FAULTS, unfinished]) {
      evalon.injectFault('scorecard', fault, { times: 1 });
      await record(recruiter.get(`/v1/sessions/${session_uuid}/scorecard`));
    }
    lever.opportunities = [{ id: OPPORTUNITY, name: NAME, emails: [EMAIL], applications: [] }];
    for (const override of ATS_FAULTS) {
      lever.override = override;
      greenhouse.override = override;
      await record(recruiter.post('/v1/candidates/resolve', { ats: 'lever', opportunity: OPPORTUNITY }));
      await record(recruiter.post('/v1/candidates/resolve', { ats: 'greenhouse', application: '71' }));
    }
    assert.ok(JSON.stringify(responses).includes(OPPORTUNITY), 'the candidate was resolved');
    await record(recruiter.get('/v1/nothing'));
    await record(recruiter.post('/v1/sessions', { ...JANE, ...candidate, project_id: '' }));
    await record(recruiter.query({ candidate_email: EMAIL }));
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    await record(reader.invite(candidate));
    evalon.injectFault('scorecard', { fault: 'change', fields: unknownFields }, { times: 1 });
    await evalon.completeSession(session_uuid, { scorecard: { narrative_summary: NARRATIVE } });
    await stream.waitForFrame(({ data }) => data.status === 'completed');
    stream.close();
    await record(recruiter.get(`/v1/sessions/${session_uuid}/scorecard`));
    await evalon.sendWebhook('not json');
    await evalon.sendWebhook({ event: 'x', session_uuid: 's' }, { url: webhookUrl(proxy.url, 'wrong-webhook-token') });
    const forged = await mintToken({}, { secret: 'a wrong secret that is long enough' });
    await fetch(`${proxy.url}/v1/config`, { headers: { authorization: `Bearer ${forged}` } });
    await waitFor(() => /unauthenticated/.test(proxy.output()));

    const admin = createAdminClient(proxy.url);
    const exported = await admin.post('/admin/export', { candidate_email: EMAIL });
    const occurrences = JSON.stringify(exported.body).split(RAW_ONLY).length - 1;
    // Two unknown fields in each of two raw answers.
    assert.equal(occurrences, 4, 'the raw answers are stored');

    const log = proxy.output();
    const received = JSON.stringify([responses, stream.frames]);
    const atsSecrets = [LEVER_KEY, greenhouse.clientSecret, ...greenhouse.tokens];
    assert.equal(atsSecrets.length, 3);
    for (const secret of [KEY, WEBHOOK_TOKEN, HOST_TOKEN_SECRET, forged, ...atsSecrets]) {
      assert.ok(!received.includes(secret), `a response contains ${secret}`);
      assert.ok(!log.includes(secret), `the log contains ${secret}`);
    }
    assert.ok(!received.includes(RAW_ONLY), 'a response contains a raw answer');
    for (const data of [EMAIL, NAME, NARRATIVE, RAW_ONLY, 'Nameson', 'canary%40example', OPPORTUNITY]) {
      assert.ok(!log.toLowerCase().includes(data.toLowerCase()), `the log contains ${data}`);
    }
    assert.ok(received.includes(NARRATIVE), 'the scorecard was read');
  });

  it('are in no built file, and the widget contains no code of the proxy', {
    skip: existsSync(DIST) ? false : 'dist/ is not built',
  }, () => {
    const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 10);
    for (const { name, parentPath } of files) {
      const text = decompress(name, readFileSync(join(parentPath, name)));
      assertNoSecretLeak(text, name);
      for (const secret of [WEBHOOK_TOKEN, HOST_TOKEN_SECRET]) assert.ok(!text.includes(secret), name);
      assert.doesNotMatch(text, /eva_(live|test)_[\w-]{4,}/, name);
      if (!parentPath.startsWith(join(DIST, 'widget'))) continue;
      assert.doesNotMatch(text, /EVALON_API_KEY|HOST_TOKEN_SECRET|better-sqlite3|eva_live_|process\.env/, name);
    }
  });

  it('make a test fail if a response has the API key in its body or a header', async (test) => {
    const leakyUrl = await serve(test, (request, response) => {
      const inHeader = request.url === '/header';
      response.setHeader('x-anything', inHeader ? KEY : 'nothing');
      response.end(inHeader ? 'nothing' : `It is ${KEY}.`);
    });
    const recruiter = await createRecruiterClient(leakyUrl);
    await assert.rejects(recruiter.get('/answer'), /the API key leaked/);
    await assert.rejects(recruiter.get('/header'), /the API key leaked/);
  });
});

/** Returns the text of a file, which may be compressed. */
function decompress(name: string, bytes: Buffer): string {
  if (name.endsWith('.br')) return brotliDecompressSync(bytes).toString('utf8');
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
