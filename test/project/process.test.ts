/** The exit codes and error messages of the proxy's process. Exit code 78 means a wrong configuration (`EX_CONFIG`). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEvalon } from '../support/evalon.ts';
import { buildProxySettings, createTempFolder, startProxy, startProxyProcess } from '../support/proxy.ts';

test('the proxy prints every invalid setting with its fix, and exits with 78', async () => {
  const settings = { EVALON_API_KEY: 'eva_live_key', PORT: 'eighty', ALLOWED_ORIGINS: 'https://*.example.com' };
  await assert.rejects(startProxyProcess(settings), ({ message }: Error) => {
    assert.match(message, /^the proxy exited with 78: /);
    for (const name of ['EVALON_BASE_URL', 'EVALON_WEBHOOK_TOKEN', 'HOST_TOKEN_SECRET', 'PORT', 'ALLOWED_ORIGINS']) {
      assert.match(message, new RegExp(`^ *- (entry 1 of )?${name} .*: .+$`, 'm'));
    }
    assert.doesNotMatch(message, /eva_live_key|\n +at /);
    return true;
  });
});

test('the proxy exits with 0 on SIGTERM', async () => {
  const evalon = await startEvalon();
  const proxy = await startProxyProcess(buildProxySettings(evalon));
  try {
    assert.equal((await fetch(`${proxy.url}/readyz`)).status, 200);
    assert.equal(await proxy.kill('SIGTERM'), 0);
  } finally {
    await proxy.kill('SIGKILL');
    await evalon.close();
  }
});

test('the proxy refuses a database that another proxy uses', async () => {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const changes = { DATABASE_URL: `file:${folder}/evalon.db` };
  const proxy = await startProxy(evalon, changes);
  try {
    const second = startProxyProcess(buildProxySettings(evalon, changes));
    await assert.rejects(second, /^Error: the proxy exited with 78: .*\n.*another proxy is serving/);
  } finally {
    await proxy.close();
    await evalon.close();
    remove();
  }
});
