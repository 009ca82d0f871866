import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import {
  buildProxySettings,
  createTempFolder,
  type Settings,
  startProxyProcess,
  webhookUrl,
} from '../../support/proxy.ts';

const OLD_TOKEN = 'the-webhook-token-of-yesterday';
const NEW_TOKEN = 'the-webhook-token-of-today';

async function startWithFiles(test: TestContext, key: string, changes: Settings = {}) {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon({ apiKey: 'eva_test_new' });
  const files = { key: `${folder}/key`, token: `${folder}/token` };
  writeFileSync(files.key, key);
  writeFileSync(files.token, OLD_TOKEN);
  const proxy = await startProxyProcess(
    buildProxySettings(evalon, {
      EVALON_API_KEY: undefined,
      EVALON_API_KEY_FILE: files.key,
      EVALON_WEBHOOK_TOKEN: undefined,
      EVALON_WEBHOOK_TOKEN_FILE: files.token,
      LOG_LEVEL: 'info',
      ...changes,
    }),
  );
  test.after(async () => {
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  });
  const sendWebhook = (token: string) =>
    evalon.sendWebhook({ event: 'session.opened', session_uuid: 's' }, { url: webhookUrl(proxy.url, token) });
  return { evalon, files, proxy, page: await createRecruiterClient(proxy.url), sendWebhook };
}

describe('rotating secrets without a restart', () => {
  it('reads an API key again after its file has changed', async (test) => {
    const { files, page } = await startWithFiles(test, 'eva_test_old');
    assert.equal((await page.invite()).body.code, 'upstream_rejected');
    writeFileSync(files.key, 'eva_test_new\n');
    await waitFor(async () => (await page.invite()).status === 201);
  });

  it('uses the API key that Evalon accepts, and logs that the other is refused', async (test) => {
    const { proxy, page } = await startWithFiles(test, 'eva_test_old,eva_test_new');
    assert.equal((await page.invite()).status, 201);
    assert.match(proxy.output(), /evalon_key_refused/);
    assert.doesNotMatch(proxy.output(), /eva_test_/);
  });

  it('reads webhook tokens again on SIGHUP, and accepts both while both are listed', async (test) => {
    const { files, proxy, sendWebhook } = await startWithFiles(test, 'eva_test_new');
    assert.equal(await sendWebhook(NEW_TOKEN), 401);
    writeFileSync(files.token, `${OLD_TOKEN},${NEW_TOKEN}`);
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await sendWebhook(NEW_TOKEN)) === 202);
    assert.equal(await sendWebhook(OLD_TOKEN), 202);
    writeFileSync(files.token, NEW_TOKEN);
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await sendWebhook(OLD_TOKEN)) === 401);
  });

  it('logs the names of changed settings, and which of them need a restart', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const level = `${folder}/level`;
    writeFileSync(level, 'info');
    const { files, proxy } = await startWithFiles(test, 'eva_test_old', {
      LOG_LEVEL: undefined,
      LOG_LEVEL_FILE: level,
    });
    proxy.sendSignal('SIGHUP');
    await waitFor(() => /"changed":\[\],"msg":"settings reloaded without changes"/.test(proxy.output()));
    writeFileSync(files.key, 'eva_test_new');
    writeFileSync(files.token, NEW_TOKEN);
    writeFileSync(level, 'warn');
    proxy.sendSignal('SIGHUP');
    const names = '"LOG_LEVEL","EVALON_API_KEY","EVALON_WEBHOOK_TOKEN"';
    await waitFor(() => proxy.output().includes(`"changed":[${names}],"msg":"settings reloaded"`));
    await waitFor(() => /"waiting":\["LOG_LEVEL"\],"msg":"restart the proxy to apply these/.test(proxy.output()));
    assert.doesNotMatch(proxy.output(), /eva_test_|the-webhook-token/);
  });

  it('reads the field map again after its file has changed', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const map = `${folder}/map`;
    writeFileSync(map, '{"overall":["/points"]}');
    const { evalon, page } = await startWithFiles(test, 'eva_test_new', { EVALON_FIELD_MAP_FILE: map });
    evalon.injectFault('create', {
      fault: 'response',
      body: { reference: 'sess_1', candidate_url: 'https://take.evalon.example/1' },
    });
    assert.equal((await page.invite()).status, 502);
    writeFileSync(map, '{"create:session_uuid":["/reference"]}');
    await waitFor(async () => (await page.invite()).body.session_uuid === 'sess_1');
  });

  it('keeps the previous settings if the new ones are invalid, and logs why', async (test) => {
    const { files, proxy, sendWebhook } = await startWithFiles(test, 'eva_test_new');
    writeFileSync(files.token, '');
    proxy.sendSignal('SIGHUP');
    await waitFor(() => /EVALON_WEBHOOK_TOKEN_FILE names an empty file/.test(proxy.output()));
    writeFileSync(files.token, 'short');
    proxy.sendSignal('SIGHUP');
    await waitFor(() => /EVALON_WEBHOOK_TOKEN in entry 1 must have 16/.test(proxy.output()));
    assert.equal(await sendWebhook(OLD_TOKEN), 202);
  });
});
