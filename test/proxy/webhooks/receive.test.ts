import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createFieldMap } from '../../../proxy/evalon/field-map.ts';
import type { Store } from '../../../proxy/store/store.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { createWebhookReceiver } from '../../../proxy/webhooks/receive.ts';
import { waitFor } from '../../support/eventually.ts';
import { collectLogLines } from '../../support/log-lines.ts';
import { createTempFolder, webhookUrl } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';
import { openStore } from '../../support/test-database.ts';

const buildBody = (n: number) => Buffer.from(JSON.stringify({ event: 'session.opened', session_uuid: `sess_${n}` }));

/** Opens a receiver with a real database. Tests can count its commits and make them fail. */
async function openReceiver(test: TestContext) {
  const { folder, remove } = createTempFolder();
  const store = await openStore(`${folder}/evalon.db`, 'https://api.evalon.example', systemClock);
  test.after(async () => {
    await store.close();
    remove();
  });
  const commits = { count: 0, shouldFail: false };
  const write: Store['write'] = async (change) => {
    commits.count += 1;
    if (commits.shouldFail) throw new Error('the disk is full');
    return store.write(change);
  };
  const receive = createWebhookReceiver({ store: { ...store, write }, clock: systemClock, fieldMap: createFieldMap });
  const countPending = () => store.read(({ webhooks }) => webhooks.countByState('pending'));
  return { receive, commits, countPending };
}

describe('received webhooks', () => {
  it('share a commit if they arrive together, and each resolves only after its own commit', async (test) => {
    const { receive, commits, countPending } = await openReceiver(test);
    const received = Array.from({ length: 1_500 }, (_, n) =>
      receive(buildBody(n), undefined).then(async () => {
        // Checking each webhook would take too long.
        if (n % 100 === 0) assert.ok((await countPending()) > n);
      }),
    );
    await Promise.all(received);
    assert.equal(await countPending(), 1_500);
    // How many webhooks share a commit depends on the time that commits take.
    assert.ok(commits.count < 10, `${commits.count} commits`);
  });

  it('share commits even if each webhook has its own connection', async (test) => {
    const { proxy } = await startStack(test);
    const { hostname, port, pathname } = new URL(webhookUrl(proxy.url));
    const sockets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect(Number(port), hostname).setEncoding('utf8');
        await once(socket, 'connect');
        return socket;
      }),
    );
    let commits = 0;
    test.after(proxy.context.store.onCommit(() => commits++));
    const responses = sockets.map((socket) => once(socket, 'data'));
    for (const [n, socket] of sockets.entries()) {
      const body = buildBody(n);
      const head = `POST ${pathname} HTTP/1.1\r\nhost: proxy\r\nconnection: close\r\ncontent-length: ${body.length}`;
      socket.write(`${head}\r\n\r\n${body}`);
    }
    for (const [response] of await Promise.all(responses)) assert.match(response, /^HTTP\/1\.1 202 /);
    // Without shared commits, there would be 100.
    assert.ok(commits < 50, `${commits} commits`);
    for (const socket of sockets) socket.destroy();
  });

  it('are stored once if they are repeated, in the same commit or a later commit', async (test) => {
    const { receive, countPending } = await openReceiver(test);
    for (let repeat = 0; repeat < 2; repeat++) {
      await Promise.all(Array.from({ length: 50 }, (_, n) => receive(buildBody(n % 5), undefined)));
      assert.equal(await countPending(), 5);
    }
  });

  it('are all refused if their commit fails, and the next webhooks are stored', async (test) => {
    const { receive, commits, countPending } = await openReceiver(test);
    commits.shouldFail = true;
    const results = await Promise.allSettled([receive(buildBody(1), undefined), receive(buildBody(2), undefined)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    commits.shouldFail = false;
    await receive(buildBody(1), undefined);
    assert.equal(await countPending(), 1);
  });

  it('do not fail because of an invalid webhook in the same commit', async (test) => {
    const { receive, countPending } = await openReceiver(test);
    const results = await Promise.allSettled([
      receive(buildBody(1), undefined),
      receive(Buffer.from('nonsense'), undefined),
      receive(buildBody(2), undefined),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(await countPending(), 2);
  });
});

describe('a webhook that keeps failing', () => {
  it('becomes a dead letter after five attempts, blocks no other webhook, and is tried again when it is resent', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const lines = collectLogLines(proxy);
    const { store } = proxy.context;
    const countDeadLetters = () => store.read(({ webhooks }) => webhooks.countByState('failed'));
    const invite = async (name: string): Promise<string> =>
      (await recruiter.invite({ candidate_email: `${name}@example.com` })).body.session_uuid;
    const [badUuid, goodUuid] = [await invite('bad'), await invite('good')];
    const setScorecard = (scorecard: string | null) =>
      store.write(async ({ sessions }) => {
        const row = await sessions.get(badUuid);
        if (row) await sessions.upsert({ ...row, scorecard });
      });
    // The processor cannot apply a webhook to a session with such a scorecard.
    await setScorecard('not JSON');
    await Promise.all([badUuid, goodUuid].map((uuid) => evalon.sendEvent(uuid, 'session.started')));
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${goodUuid}`)).body.status === 'started');
    await waitFor(countDeadLetters);
    assert.equal(await store.read(({ webhooks }) => webhooks.countByState('pending')), 0);
    assert.deepEqual(
      lines.filter(({ message }) => /webhook/.test(message)).map(({ facts: { attempts, alert } }) => [attempts, alert]),
      [...[1, 2, 3, 4].map((attempts) => [attempts, undefined]), [5, 'webhook_dead_letter']],
    );

    await setScorecard(null);
    await evalon.sendEvent(badUuid, 'session.started');
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${badUuid}`)).body.status === 'started');
    assert.equal(await countDeadLetters(), 0);
  });
});
