/** The proxy's exit codes and error messages as a process. */
import assert from 'node:assert/strict';
import { linkSync, symlinkSync } from 'node:fs';
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
  const proxy = await startProxyProcess({ PORT: '0', DATABASE_URL: 'file::memory:' });
  assert.equal((await fetch(`${proxy.url}/readyz`)).status, 200);
  assert.equal(await proxy.kill('SIGTERM'), 0);
});

test('the proxy refuses a database that another proxy uses, even through a link or a URL', async () => {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const file = `${folder}/evalon.db`;
  const changes = { DATABASE_URL: `file:${file}` };
  const proxy = await startProxy(evalon, changes);
  try {
    symlinkSync(file, `${folder}/symlink.db`);
    symlinkSync(folder, `${folder}/folder`);
    const sameFile = [
      `file:${file}`,
      `file://${file}`,
      `file://localhost${folder}/%65valon.db`,
      `file:${folder}/./evalon.db`,
    ];
    for (const url of [...sameFile, `file:${folder}/symlink.db`, `file://${folder}/folder/evalon.db`]) {
      const second = startProxyProcess(buildProxySettings(evalon, { DATABASE_URL: url }));
      await assert.rejects(second, /^Error: the proxy exited with 78: .*\n.*another proxy is serving/, url);
    }
    linkSync(file, `${folder}/hard-link.db`);
    const linked = startProxyProcess(buildProxySettings(evalon, { DATABASE_URL: `file:${folder}/hard-link.db` }));
    await assert.rejects(linked, /^Error: the proxy exited with 78: .*\n.*has 2 hard links/);
  } finally {
    await proxy.close();
    await evalon.close();
    remove();
  }
});
