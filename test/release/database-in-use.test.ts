import assert from 'node:assert/strict';
import { linkSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { startEvalon } from '../support/evalon.ts';
import { buildProxySettings, createTempFolder, startProxy, startProxyProcess } from '../support/proxy.ts';

test('the proxy refuses a database that another proxy uses, through any link or URL', async () => {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const file = `${folder}/evalon.db`;
  const changes = { DATABASE_URL: `file:${file}` };
  const proxy = await startProxy(evalon, changes);
  try {
    symlinkSync(file, `${folder}/symlink.db`);
    symlinkSync(folder, `${folder}/folder-symlink`);
    const urlsOfFile = [
      `file:${file}`,
      `file://${file}`,
      `file://localhost${folder}/%65valon.db`,
      `file:${folder}/./evalon.db`,
    ];
    for (const url of [...urlsOfFile, `file:${folder}/symlink.db`, `file://${folder}/folder-symlink/evalon.db`]) {
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
