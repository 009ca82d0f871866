import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { JANE, recruiterAt } from '../support/api-client.ts';
import { createTestClock } from '../support/fake-clock.ts';
import { settingsFor, spawnProxy, temporaryFolder } from '../support/proxy.ts';
import { restartUnder } from '../support/restart.ts';
import { startHouse } from '../support/start-stack.ts';

const WATCH = { candidate_email: JANE.candidate_email };

describe('ending', () => {
  it('lets an invite under way finish and be stored, ends streams, and exits with 0', async (test) => {
    const { folder, remove } = temporaryFolder();
    test.after(remove);
    const { evalon } = await startHouse(test);
    const settings = settingsFor(evalon, { DATABASE_URL: `file:${folder}/evalon.db` });
    const first = await spawnProxy(settings);
    const page = await recruiterAt(first.url);
    const stream = await page.stream([WATCH]);
    evalon.misbehave('create', { fault: 'slow', ms: 500 }, 1);
    const invite = page.invite();
    await evalon.received(1);
    const exit = first.kill('SIGTERM');
    await stream.ended;
    assert.equal((await invite).status, 201);
    assert.equal(await exit, 0);

    const second = await spawnProxy(settings);
    test.after(() => second.kill('SIGKILL'));
    assert.equal((await (await recruiterAt(second.url)).query(WATCH)).body.sessions.length, 1);
  });

  it('is unready first and serves on, then ends each stream with a time to come back at', async (test) => {
    const clock = createTestClock();
    const { proxy } = await startHouse(test, { clock });
    const page = await recruiterAt(proxy.url, { iat: clock.now() / 1_000 });
    const stream = await page.stream([WATCH]);
    const drained = proxy.drain();
    assert.equal((await fetch(`${proxy.url}/readyz`)).status, 503);
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    const late = await page.stream([WATCH]);
    assert.equal(late.status, 200);
    assert.equal(proxy.context.hub.watchers, 2);
    await clock.pass(3_000 + 5_000);
    await Promise.all([stream.ended, late.ended, drained]);
    for (const { retry } of [stream, late]) assert.ok(Number(retry) >= 3_000 && Number(retry) <= 28_000, `${retry}`);
  });

  it('of many streams lets all come back, and none has missed an event', async () => {
    const restart = await restartUnder(150);
    assert.equal(restart.readiness, 503);
    assert.equal(restart.exit, 0);
    assert.ok(restart.exitAfter < 25_000, `${restart.exitAfter} ms`);
    assert.ok(restart.acknowledged > 3);
    assert.equal(restart.incomplete, 0);
  });

  it('does not wait for a connection that was opened ahead and never used', async (test) => {
    const { proxy } = await startHouse(test, { clock: createTestClock() });
    const { hostname, port } = new URL(proxy.url);
    const ahead = connect(Number(port), hostname).resume();
    await once(ahead, 'connect');
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    await Promise.all([proxy.close(), once(ahead, 'close')]);
  });

  it('comes to the sandbox with the terminal that it was started in', async (test) => {
    const { folder, remove } = temporaryFolder();
    test.after(remove);
    const sandbox = await spawnProxy({ PORT: '0', DATABASE_URL: `file:${folder}/sandbox.db`, LOG_LEVEL: 'silent' });
    assert.equal(await sandbox.kill('SIGHUP'), 0);
  });
});
