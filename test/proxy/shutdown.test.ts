import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { DRAIN_MS } from '../../proxy/stream/drain.ts';
import { createRecruiterClient, JANE } from '../support/api-client.ts';
import { startEvalon } from '../support/evalon.ts';
import { createTestClock } from '../support/fake-clock.ts';
import { findFreePort } from '../support/free-port.ts';
import { buildProxySettings, createTempFolder, startProxy, startProxyProcess } from '../support/proxy.ts';
import { startStack } from '../support/start-stack.ts';
import { toDatabaseUrl } from '../support/test-database.ts';

/** The proxy still serves for this time after it reports that it is not ready. */
const READINESS_GRACE_MS = 3_000;
const JANE_ROW = { candidate_email: JANE.candidate_email };

describe('shutdown', () => {
  it('stores an invite in progress, ends streams and exits with 0', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const settings = { DATABASE_URL: await toDatabaseUrl(`${folder}/evalon.db`) };
    const first = await startProxyProcess(buildProxySettings(evalon, settings));
    const recruiter = await createRecruiterClient(first.url);
    const stream = await recruiter.openStream([JANE_ROW]);
    evalon.injectFault('create', { fault: 'slow', ms: 500 }, { times: 1 });
    const invite = recruiter.invite();
    await evalon.waitForRequests(1);
    const exit = first.kill('SIGTERM');
    await stream.ended;
    assert.equal((await invite).status, 201);
    assert.equal(await exit, 0);

    const second = await startProxy(evalon, settings);
    test.after(() => second.close());
    assert.equal((await (await createRecruiterClient(second.url)).query(JANE_ROW)).body.sessions.length, 1);
  });

  it('reports not ready while it still serves, then ends each stream with a retry time', async (test) => {
    const clock = createTestClock();
    const { proxy } = await startStack(test, { clock });
    const recruiter = await createRecruiterClient(proxy.url, { iat: clock.now() / 1_000 });
    const stream = await recruiter.openStream([JANE_ROW]);
    const drained = proxy.drain();
    assert.equal((await fetch(`${proxy.url}/readyz`)).status, 503);
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    const lateStream = await recruiter.openStream([JANE_ROW]);
    assert.equal(lateStream.status, 200);
    assert.equal(proxy.context.broker.clientCount, 2);
    await clock.advance(READINESS_GRACE_MS + DRAIN_MS);
    await Promise.all([stream.ended, lateStream.ended, drained]);
    // Streams reconnect when the next process runs: 3 to 23 s after the drain, which takes up to 5 s.
    for (const { retryMs } of [stream, lateStream])
      assert.ok(Number(retryMs) >= 3_000 && Number(retryMs) <= 28_000, `${retryMs}`);
  });

  it('lets streams resume after a restart without a missed event', async (test) => {
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    const clock = createTestClock();
    const settings = { DATABASE_URL: `file:${folder}/evalon.db`, PORT: String(await findFreePort()) };
    const first = await startProxy(evalon, settings, clock);
    const recruiter = await createRecruiterClient(first.url, { iat: clock.now() / 1_000 });
    const { session_uuid } = (await recruiter.invite()).body;
    const { cursor } = (await recruiter.query(JANE_ROW)).body;
    const streams = await Promise.all([1, 2, 3].map(() => recruiter.openStream([JANE_ROW], cursor)));
    await evalon.sendEvent(session_uuid, 'session.opened');
    await Promise.all(streams.map((stream) => stream.waitForFrame(({ data }) => data.status === 'opened')));
    const drained = first.drain();
    assert.equal(await evalon.sendEvent(session_uuid, 'session.started'), 202);
    await clock.advance(READINESS_GRACE_MS + DRAIN_MS);
    await Promise.all([drained, ...streams.map(({ ended }) => ended)]);

    const second = await startProxy(evalon, settings, clock);
    test.after(async () => {
      await second.close();
      await evalon.close();
      remove();
    });
    assert.equal(await evalon.sendEvent(session_uuid, 'session.submitted'), 202);
    for (const { frames } of streams) {
      const resumed = await recruiter.openStream([JANE_ROW], frames.at(-1)?.id);
      await resumed.waitForFrame(({ data }) => data.status === 'submitted');
      resumed.close();
      assert.deepEqual(
        [...frames, ...resumed.frames].map(({ data }) => data.status),
        ['opened', 'started', 'submitted'],
      );
    }
  });

  it('does not wait for a connection that a browser opened in advance', async (test) => {
    const { proxy } = await startStack(test, { clock: createTestClock() });
    const { hostname, port } = new URL(proxy.url);
    const idleConnection = connect(Number(port), hostname).resume();
    await once(idleConnection, 'connect');
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    await Promise.all([proxy.close(), once(idleConnection, 'close')]);
  });

  it('ends the sandbox when its terminal closes', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const sandbox = await startProxyProcess({
      PORT: '0',
      DATABASE_URL: `file:${folder}/sandbox.db`,
      LOG_LEVEL: 'silent',
    });
    // The signal of a terminal that closes.
    assert.equal(await sandbox.kill('SIGHUP'), 0);
  });
});
