/** Starts the proxy as systemd would. A fake `systemd-notify` records the states that the proxy reports. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { startEvalon } from './evalon.ts';
import { buildProxySettings, createTempFolder, type Settings, startProxyProcess } from './proxy.ts';

export async function startService(test: TestContext, settings: Settings) {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  const record = `${folder}/record`;
  writeFileSync(record, '');
  writeFileSync(`${folder}/systemd-notify`, `#!/bin/sh\necho "$@" >> ${record}\n`, { mode: 0o755 });
  const evalon = await startEvalon();
  test.after(() => evalon.close());
  const path = `${folder}:${process.env['PATH']}`;
  const proxy = await startProxyProcess(buildProxySettings(evalon, { PATH: path, LOG_LEVEL: 'warn', ...settings }));
  const listStates = () => readFileSync(record, 'utf8').split('\n').filter(Boolean);
  return { proxy, listStates };
}
