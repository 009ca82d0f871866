import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { COMPLETION_EVENT } from '../../../proxy/evalon/schemas.ts';
import { openStore, type Store } from '../../../proxy/store/store.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import { createWebhookReceiver } from '../../../proxy/webhooks/receive.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTempFolder, webhookUrl } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const EVALON = 'https://api.evalon.example';

const body = (n: number) => Buffer.from(JSON.stringify({ event: 'session.opened', session_uuid: `sess_${n}` }));

/** An intake over a real database, whose commits are counted and can be made to fail. */
async function startIntake(test: TestContext) {
  const { folder, remove } = createTempFolder();
  const store = await openStore(`${folder}/evalon.db`, EVALON, systemClock);
  test.after(async () => {
    await store.close();
    remove();
  });
  const commits = { count: 0, fail: false };
  const write: Store['write'] = async (change) => {
    commits.count += 1;
    if (commits.fail) throw new Error('the disk is full');
    return store.write(change);
  };
  const { receive } = createWebhookReceiver({ store: { ...store, write }, clock: systemClock });
  const stored = () => store.read(({ webhooks: inbox }) => inbox.countByState());
  /** Tells apart what has come, so many at a time. */
  const takeIn = (most: number) => store.write(({ webhooks: inbox }) => inbox.dedupeArrivals(most, COMPLETION_EVENT));
  return { receive, commits, stored, takeIn };
}

describe('webhooks at the door', () => {
  it('that come together share a commit, and each is answered only after its own', async (test) => {
    const { receive, commits, stored } = await startIntake(test);
    const answered = Array.from({ length: 1_500 }, (_, n) =>
      receive(body(n), undefined).then(async () => n % 100 || assert.ok((await stored()) > n)),
    );
    await Promise.all(answered);
    assert.equal(await stored(), 1_500);
    assert.ok(commits.count < 10, `${commits.count} commits`);
  });

  it('share commits over as many connections as there are webhooks, too', async (test) => {
    const { proxy } = await startStack(test);
    const { store } = proxy.context;
    const { hostname, port, pathname } = new URL(webhookUrl(proxy.url));
    const sockets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect(Number(port), hostname).setEncoding('utf8');
        await once(socket, 'connect');
        return socket;
      }),
    );
    let commits = 0;
    test.after(store.onCommit(() => commits++));
    const answers = sockets.map((socket) => once(socket, 'data'));
    for (const [n, socket] of sockets.entries()) {
      const webhook = body(n);
      const head = [
        'POST',
        pathname,
        'HTTP/1.1\r\nhost: proxy\r\nconnection: close\r\ncontent-length:',
        webhook.length,
      ];
      socket.write(`${head.join(' ')}\r\n\r\n${webhook}`);
    }
    for (const [answer] of await Promise.all(answers)) assert.match(answer, /^HTTP\/1\.1 202 /);
    assert.ok(commits < 50, `${commits} commits`);
    for (const socket of sockets) socket.destroy();
  });

  it('are one where they are repeated, within a commit and long after', async (test) => {
    const { receive, stored, takeIn } = await startIntake(test);
    for (const _ of [1, 2]) {
      await Promise.all(Array.from({ length: 50 }, (_, n) => receive(body(n % 5), undefined)));
      assert.deepEqual([await takeIn(30), await takeIn(30), await takeIn(30)], [30, 20, 0]);
      assert.equal(await stored(), 5);
    }
  });

  it('are all refused where their commit fails, and the next ones are stored', async (test) => {
    const { receive, commits, stored } = await startIntake(test);
    commits.fail = true;
    const outcomes = await Promise.allSettled([receive(body(1), undefined), receive(body(2), undefined)]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    commits.fail = false;
    await receive(body(1), undefined);
    assert.equal(await stored(), 1);
  });

  it('one that makes no sense is refused alone', async (test) => {
    const { receive, stored } = await startIntake(test);
    const outcomes = await Promise.allSettled([
      receive(body(1), undefined),
      receive(Buffer.from('nonsense'), undefined),
      receive(body(2), undefined),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(await stored(), 2);
  });
});

describe('an acknowledged webhook', () => {
  it('that cannot be applied is set aside after five tries, and keeps nobody waiting', async (test) => {
    const { evalon, proxy, page } = await startStack(test);
    const { store } = proxy.context;
    const [bad, good] = await Promise.all(
      ['bad', 'good'].map(
        async (name) => (await page.invite({ candidate_email: `${name}@example.com` })).body.session_uuid,
      ),
    );
    await store.write(async ({ sessions }) => {
      const row = await sessions.get(bad);
      if (row) await sessions.upsert({ ...row, scorecard: 'no JSON' });
    });
    await Promise.all([bad, good].map((uuid) => evalon.sendEvent(uuid, 'session.started')));
    await waitFor(async () => (await page.get(`/v1/sessions/${good}`)).body.status === 'started');
    await waitFor(() => store.read(({ webhooks: inbox }) => inbox.countByState('failed')));
    assert.equal(await store.read(({ webhooks: inbox }) => inbox.countByState('pending')), 0);

    await store.write(async ({ sessions }) => {
      const row = await sessions.get(bad);
      if (row) await sessions.upsert({ ...row, scorecard: null });
    });
    await evalon.sendEvent(bad, 'session.started');
    await waitFor(async () => (await page.get(`/v1/sessions/${bad}`)).body.status === 'started');
    assert.equal(await store.read(({ webhooks: inbox }) => inbox.countByState('failed')), 0);
  });
});
