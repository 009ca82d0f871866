/** The proxy as a service without a watchdog, under another service manager, and without `systemd-notify`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitFor } from '../support/eventually.ts';
import { startService } from '../support/systemd.ts';

describe('a proxy that runs as a service', {
  concurrency: true,
  skip: process.platform === 'win32' && 'Windows has no systemd',
}, () => {
  it('reports its start and stop, but feeds no watchdog if systemd has set none', async (test) => {
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
});
