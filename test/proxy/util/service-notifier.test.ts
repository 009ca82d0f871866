/** The proxy as a service of systemd. A fake `systemd-notify` records what the proxy reports. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { readServiceManager } from '../../../proxy/config/service-manager.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, createTempFolder, type Settings, startProxyProcess } from '../../support/proxy.ts';

const WATCHDOG_MS = 600;

async function startService(test: TestContext, settings: Settings) {
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

describe('a service of systemd', {
  concurrency: true,
  skip: process.platform === 'win32' && 'Windows has no systemd',
}, () => {
  it('reports that it is ready, feeds the watchdog repeatedly, and reports that it stops', async (test) => {
    const { proxy, listStates } = await startService(test, {
      NOTIFY_SOCKET: '/run/systemd/notify',
      WATCHDOG_USEC: String(WATCHDOG_MS * 1_000),
    });
    await waitFor(() => listStates().filter((state) => state === 'WATCHDOG=1').length >= 4);
    assert.equal(await proxy.kill('SIGTERM'), 0);
    await waitFor(() => listStates().includes('STOPPING=1'));
    const states = new Set(listStates());
    assert.deepEqual(states, new Set(['READY=1', 'WATCHDOG=1', 'STOPPING=1']));
    assert.equal(listStates().filter((state) => state === 'READY=1').length, 1);
  });

  it('feeds no watchdog if there is none', async (test) => {
    const { proxy, listStates } = await startService(test, { NOTIFY_SOCKET: '/run/systemd/notify' });
    await waitFor(() => listStates().length > 0);
    await proxy.kill('SIGTERM');
    await waitFor(() => listStates().length > 1);
    assert.deepEqual(listStates(), ['READY=1', 'STOPPING=1']);
  });

  it('reports nothing under another service manager', async (test) => {
    const { proxy, listStates } = await startService(test, { WATCHDOG_USEC: '600000' });
    await proxy.kill('SIGTERM');
    assert.deepEqual(listStates(), []);
  });

  it('keeps serving if systemd-notify cannot be run', async (test) => {
    const { proxy } = await startService(test, { NOTIFY_SOCKET: '/x', WATCHDOG_USEC: '600000', PATH: '/nonexistent' });
    await waitFor(() => proxy.output().includes('systemd-notify failed'));
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    await proxy.kill('SIGTERM');
  });

  it('does not feed the watchdog of another process', () => {
    const environment = { NOTIFY_SOCKET: '/x', WATCHDOG_USEC: '30000000' };
    assert.deepEqual(readServiceManager(environment, 7), { watchdogMs: 30_000 });
    assert.deepEqual(readServiceManager({ ...environment, WATCHDOG_PID: '7' }, 7), { watchdogMs: 30_000 });
    assert.deepEqual(readServiceManager({ ...environment, WATCHDOG_PID: '8' }, 7), {});
    assert.deepEqual(readServiceManager({ ...environment, WATCHDOG_USEC: 'x' }, 7), {});
    assert.equal(readServiceManager({ WATCHDOG_USEC: '30000000' }, 7), undefined);
  });
});
