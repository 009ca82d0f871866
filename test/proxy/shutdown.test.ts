import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { createTestClock } from '../support/fake-clock.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../support/proxy.ts';
import { restartUnderLoad } from '../support/restart.ts';
import { startStack } from '../support/start-stack.ts';

const WATCH = { candidate_email: JANE.candidate_email };

describe('shutdown', () => {
  it('stores an invite in progress, ends streams and exits with 0', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { evalon } = await startStack(test);
    const settings = buildProxySettings(evalon, { DATABASE_URL: `file:${folder}/evalon.db` });
    const first = await startProxyProcess(settings);
    const page = await createRecruiterClient(first.url);
    const stream = await page.openStream([WATCH]);
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, 1);
    const invite = page.invite();
    await evalon.waitForRequests(1);
    const exit = first.kill('SIGTERM');
    await stream.ended;
    assert.equal((await invite).status, 201);
    assert.equal(await exit, 0);

    const second = await startProxyProcess(settings);
    test.after(() => second.kill('SIGKILL'));
    assert.equal((await (await createRecruiterClient(second.url)).query(WATCH)).body.sessions.length, 1);
  });

  it('reports not ready while it still serves, then ends each stream with a retry time', async (test) => {
    const clock = createTestClock();
    const { proxy } = await startStack(test, { clock });
    const page = await createRecruiterClient(proxy.url, { iat: clock.now() / 1_000 });
    const stream = await page.openStream([WATCH]);
    const drained = proxy.drain();
    assert.equal((await fetch(`${proxy.url}/readyz`)).status, 503);
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    const late = await page.openStream([WATCH]);
    assert.equal(late.status, 200);
    assert.equal(proxy.context.broker.clientCount, 2);
    await clock.advance(3_000 + 5_000);
    await Promise.all([stream.ended, late.ended, drained]);
    for (const { retryMs: retry } of [stream, late])
      assert.ok(Number(retry) >= 3_000 && Number(retry) <= 28_000, `${retry}`);
  });

  it('lets many streams reconnect without a missed event', async () => {
    const restart = await restartUnderLoad(150);
    assert.equal(restart.readyzStatus, 503);
    assert.equal(restart.exitCode, 0);
    assert.ok(restart.exitAfterMs < 25_000, `${restart.exitAfterMs} ms`);
    assert.ok(restart.acknowledgedWebhooks > 3);
    assert.equal(restart.incompleteClients, 0);
  });

  it('does not wait for a connection that a browser opened in advance', async (test) => {
    const { proxy } = await startStack(test, { clock: createTestClock() });
    const { hostname, port } = new URL(proxy.url);
    const ahead = connect(Number(port), hostname).resume();
    await once(ahead, 'connect');
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    await Promise.all([proxy.close(), once(ahead, 'close')]);
  });

  it('ends the sandbox when its terminal closes', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const sandbox = await startProxyProcess({
      PORT: '0',
      DATABASE_URL: `file:${folder}/sandbox.db`,
      LOG_LEVEL: 'silent',
    });
    assert.equal(await sandbox.kill('SIGHUP'), 0);
  });
});
