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

const OLD = 'the-webhook-token-of-yesterday';
const NEW = 'the-webhook-token-of-today';

async function startWithFiles(test: TestContext, key: string, changes: Settings = {}) {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon({ apiKey: 'eva_test_new' });
  const files = { key: `${folder}/key`, token: `${folder}/token` };
  writeFileSync(files.key, key);
  writeFileSync(files.token, OLD);
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
  const webhook = (token: string) =>
    evalon.sendWebhook({ event: 'session.opened', session_uuid: 's' }, { url: webhookUrl(proxy.url, token) });
  return { evalon, files, proxy, page: await createRecruiterClient(proxy.url), webhook };
}

describe('rotating', () => {
  it('an API key needs no restart: the file that holds it is read again', async (test) => {
    const { files, page } = await startWithFiles(test, 'eva_test_old');
    assert.equal((await page.invite()).body.code, 'upstream_rejected');
    writeFileSync(files.key, 'eva_test_new\n');
    await waitFor(async () => (await page.invite()).status === 201);
  });

  it('an API key with two in place uses whichever Evalon takes, and says that one is refused', async (test) => {
    const { proxy, page } = await startWithFiles(test, 'eva_test_old,eva_test_new');
    assert.equal((await page.invite()).status, 201);
    assert.match(proxy.output(), /evalon_key_refused/);
    assert.doesNotMatch(proxy.output(), /eva_test_/);
  });

  it('a webhook token needs only SIGHUP, and both are right while both are listed', async (test) => {
    const { files, proxy, webhook } = await startWithFiles(test, 'eva_test_new');
    assert.equal(await webhook(NEW), 401);
    writeFileSync(files.token, `${OLD},${NEW}`);
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await webhook(NEW)) === 202);
    assert.equal(await webhook(OLD), 202);
    writeFileSync(files.token, NEW);
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await webhook(OLD)) === 401);
  });

  it('names the settings that have changed, never what they are, and those that wait for a restart', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const level = `${folder}/level`;
    writeFileSync(level, 'info');
    const { files, proxy } = await startWithFiles(test, 'eva_test_old', {
      LOG_LEVEL: undefined,
      LOG_LEVEL_FILE: level,
    });
    proxy.sendSignal('SIGHUP');
    await waitFor(() => /"changed":\[\],"msg":"the settings were read again: all are as before"/.test(proxy.output()));
    writeFileSync(files.key, 'eva_test_new');
    writeFileSync(files.token, NEW);
    writeFileSync(level, 'warn');
    proxy.sendSignal('SIGHUP');
    const names = '"EVALON_API_KEY","EVALON_WEBHOOK_TOKEN","LOG_LEVEL"';
    await waitFor(() => proxy.output().includes(`"changed":[${names}],"msg":"the settings were read again"`));
    await waitFor(() => /"waiting":\["LOG_LEVEL"\],"msg":"these settings are taken/.test(proxy.output()));
    assert.doesNotMatch(proxy.output(), /eva_test_|the-webhook-token/);
  });

  it('to settings that cannot work keeps the former ones and says why', async (test) => {
    const { files, proxy, webhook } = await startWithFiles(test, 'eva_test_new');
    writeFileSync(files.token, '');
    proxy.sendSignal('SIGHUP');
    await waitFor(() => /EVALON_WEBHOOK_TOKEN_FILE names an empty file/.test(proxy.output()));
    writeFileSync(files.token, 'short');
    proxy.sendSignal('SIGHUP');
    await waitFor(() => /EVALON_WEBHOOK_TOKEN in entry 1 must be 16/.test(proxy.output()));
    assert.equal(await webhook(OLD), 202);
  });
});
