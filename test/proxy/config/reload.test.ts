import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { createRecruiterClient, type RecruiterClient } from '../../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import {
  buildProxySettings,
  createTempFolder,
  type ProxyProcess,
  startProxyProcess,
  webhookUrl,
} from '../../support/proxy.ts';

const OLD_TOKEN = 'the-webhook-token-of-yesterday';
const NEW_TOKEN = 'the-webhook-token-of-today';

/** Each test continues with the files that the previous test has written. */
describe('reloading settings without a restart', () => {
  const { folder, remove } = createTempFolder();
  const files = { key: `${folder}/key`, token: `${folder}/token`, level: `${folder}/level`, map: `${folder}/map` };
  let evalon: TestEvalon;
  let proxy: ProxyProcess;
  let recruiter: RecruiterClient;

  before(async () => {
    evalon = await startEvalon({ apiKey: 'eva_test_new' });
    writeFileSync(files.key, 'eva_test_revoked,eva_test_new');
    writeFileSync(files.token, OLD_TOKEN);
    writeFileSync(files.level, 'info');
    writeFileSync(files.map, '{"overall":["/points"]}');
    proxy = await startProxyProcess(
      buildProxySettings(evalon, {
        EVALON_API_KEY: undefined,
        EVALON_API_KEY_FILE: files.key,
        EVALON_WEBHOOK_TOKEN: undefined,
        EVALON_WEBHOOK_TOKEN_FILE: files.token,
        EVALON_FIELD_MAP_FILE: files.map,
        LOG_LEVEL: undefined,
        LOG_LEVEL_FILE: files.level,
      }),
    );
    recruiter = await createRecruiterClient(proxy.url);
  });

  after(async () => {
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
    assert.doesNotMatch(proxy.output(), /eva_test_|the-webhook-token/);
  });

  const sendWebhook = (token: string) =>
    evalon.sendWebhook({ event: 'session.opened', session_uuid: 's' }, { url: webhookUrl(proxy.url, token) });
  const waitForLog = (text: string | RegExp) => waitFor(() => proxy.output().match(text));

  it('uses the API key that Evalon accepts, and logs that Evalon refuses the other key', async () => {
    assert.equal((await recruiter.invite()).status, 201);
    await waitForLog(/evalon_key_refused/);
  });

  it('reloads an API key on SIGHUP, and when its file changes', async () => {
    const invite = () => recruiter.invite({ candidate_email: 'later@example.com' });
    writeFileSync(files.key, 'eva_test_wrong');
    proxy.sendSignal('SIGHUP');
    await waitForLog(/"changed":\["EVALON_API_KEY"\]/);
    assert.equal((await invite()).body.code, 'upstream_rejected');
    writeFileSync(files.key, 'eva_test_new\n');
    await waitFor(async () => (await invite()).status === 201);
  });

  it('reloads webhook tokens on SIGHUP, and accepts the old and the new token while both are listed', async () => {
    assert.equal(await sendWebhook(NEW_TOKEN), 401);
    writeFileSync(files.token, `${OLD_TOKEN},${NEW_TOKEN}`);
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await sendWebhook(NEW_TOKEN)) === 202);
    assert.equal(await sendWebhook(OLD_TOKEN), 202);
    writeFileSync(files.token, NEW_TOKEN);
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await sendWebhook(OLD_TOKEN)) === 401);
  });

  it('reloads the field map when its file changes', async () => {
    const candidate_url = 'https://take.evalon.example/1';
    evalon.injectFault('create', { fault: 'response', body: { reference: 'sess_1', candidate_url } });
    const invite = () => recruiter.invite({ candidate_email: 'mapped@example.com' });
    assert.equal((await invite()).status, 502);
    writeFileSync(files.map, '{"create:session_uuid":["/reference"]}');
    await waitFor(async () => (await invite()).body.session_uuid === 'sess_1');
    evalon.clearFaults();
  });

  it('logs the names of changed settings, and which of them need a restart', async () => {
    // Earlier tests have caused the same lines.
    let { length: start } = proxy.output();
    const newOutput = () => proxy.output().slice(start);
    proxy.sendSignal('SIGHUP');
    await waitFor(() => newOutput().includes('"changed":[],"msg":"settings reloaded without changes"'));

    start = proxy.output().length;
    writeFileSync(files.key, 'eva_test_newest');
    writeFileSync(files.token, OLD_TOKEN);
    writeFileSync(files.level, 'warn');
    proxy.sendSignal('SIGHUP');
    // The proxy also polls the files, and may see one change before the others.
    const listChanged = () =>
      [...newOutput().matchAll(/"changed":(\[.*?\])/g)].flatMap(([, names = '']) => JSON.parse(names)).sort();
    await waitFor(() => listChanged().join() === 'EVALON_API_KEY,EVALON_WEBHOOK_TOKEN,LOG_LEVEL');
    await waitForLog(/"waiting":\["LOG_LEVEL"\],"msg":"restart the proxy to apply these/);
  });

  it('keeps the previous settings if the new ones are invalid, and logs why', async () => {
    writeFileSync(files.token, '');
    proxy.sendSignal('SIGHUP');
    await waitForLog(/EVALON_WEBHOOK_TOKEN_FILE names an empty file/);
    writeFileSync(files.token, 'short');
    proxy.sendSignal('SIGHUP');
    await waitForLog(/entry 1 of EVALON_WEBHOOK_TOKEN must have 16/);
    assert.equal(await sendWebhook(OLD_TOKEN), 202);
  });
});
