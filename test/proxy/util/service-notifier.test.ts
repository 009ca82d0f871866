/** The proxy as a service of systemd. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readServiceManager } from '../../../proxy/config/service-manager.ts';
import { waitFor } from '../../support/eventually.ts';
import { startService } from '../../support/systemd.ts';

const WATCHDOG_MS = 600;
const PROCESS_ID = 7;

describe('a service of systemd', {
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

  it('does not feed the watchdog of another process', () => {
    const environment = { NOTIFY_SOCKET: '/x', WATCHDOG_USEC: '30000000' };
    assert.deepEqual(readServiceManager(environment, PROCESS_ID), { watchdogMs: 30_000 });
    assert.deepEqual(readServiceManager({ ...environment, WATCHDOG_PID: String(PROCESS_ID) }, PROCESS_ID), {
      watchdogMs: 30_000,
    });
    assert.deepEqual(readServiceManager({ ...environment, WATCHDOG_PID: String(PROCESS_ID + 1) }, PROCESS_ID), {});
    assert.deepEqual(readServiceManager({ ...environment, WATCHDOG_USEC: 'x' }, PROCESS_ID), {});
    assert.equal(readServiceManager({ WATCHDOG_USEC: '30000000' }, PROCESS_ID), undefined);
  });
});
