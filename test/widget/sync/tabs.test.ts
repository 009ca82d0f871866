import { assert } from 'chai';
import type { TokenProvider } from '../../../widget/api/token-source.ts';
import type { Connection } from '../../../widget/sync/connection.ts';
import { flushPromises, TestClock } from '../fake-clock.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, encodeUnsignedToken, ScriptedProxy } from '../scripted-proxy.ts';

const QUERY = '/v1/sessions/query';
const JANE = { candidate_email: 'jane@example.com' };
const ADA = { candidate_email: 'ada@example.com' };
const open: Connection[] = [];

/** Creates a browser whose tabs use one proxy and one clock. */
function browser(proxy = new ScriptedProxy()) {
  const clock = new TestClock();
  const tab = async (candidate: { candidate_email: string }, getToken?: TokenProvider) => {
    const connection = openConnection(proxy, clock, getToken);
    open.push(connection);
    connection.watch(candidate, () => {});
    // A stream adds candidates at most once a second.
    await flushPromises();
    await clock.advance(1_000);
    const status = () => connection.getSessions(candidate)?.[0]?.status;
    return { connection, status };
  };
  return { proxy, clock, tab };
}

const streamsOpen = (proxy: ScriptedProxy) => proxy.streams.filter(({ isClosed: closed }) => !closed);

afterEach(() => {
  for (const connection of open.splice(0)) connection.pause();
});

describe('tabs of one browser', () => {
  it('share one stream for the candidates of all tabs if their rights are equal', async () => {
    const { proxy, tab } = browser();
    await tab(JANE);
    const second = await tab(ADA);
    const third = await tab(JANE);
    assert.lengthOf(streamsOpen(proxy), 1);
    assert.sameMembers(proxy.lastStream.candidates, ['jane@example.com', 'ada@example.com']);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('ada@example.com', { status: 'opened' }));
    proxy.lastStream.sendEvent('e.3', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    assert.equal(second.status(), 'opened');
    assert.equal(third.status(), 'started');
    for (const { connection } of [second, third]) assert.isUndefined(connection.staleSince);
  });

  it('miss no event between a new tab’s query and its place in the stream', async () => {
    const { proxy, tab } = browser();
    proxy.cursor = 'e.7';
    await tab(JANE);
    proxy.lastStream.sendEvent('e.9', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    proxy.cursor = 'e.5';
    await tab(ADA);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.5');
  });

  it('stream on their own after 3 s without an answer of the lock manager', async () => {
    const { proxy, clock, tab } = browser();
    const { request } = navigator.locks;
    navigator.locks.request = () => new Promise(() => {});
    try {
      const { status } = await tab(JANE);
      assert.isEmpty(proxy.streams);
      await clock.advance(3_000);
      assert.lengthOf(streamsOpen(proxy), 1);
      proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
      await flushPromises();
      assert.equal(status(), 'opened');
      await clock.advance(60_000);
      assert.equal(status(), 'opened');
    } finally {
      navigator.locks.request = request;
    }
  });

  it('stream on their own after 3 s if their leader does not hear them, and share again when it does', async () => {
    const { proxy, clock, tab } = browser();
    await tab(JANE);
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = () => {};
    const second = await tab(ADA).finally(() => {
      BroadcastChannel.prototype.postMessage = postMessage;
    });
    assert.lengthOf(streamsOpen(proxy), 1);
    await clock.advance(3_000);
    assert.lengthOf(streamsOpen(proxy), 2);
    assert.deepEqual(proxy.lastStream.candidates, ['ada@example.com']);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('ada@example.com', { status: 'opened' }));
    await flushPromises();
    assert.equal(second.status(), 'opened');
    await clock.advance(60_000);
    assert.lengthOf(streamsOpen(proxy), 1);
    assert.isUndefined(second.connection.staleSince);
  });

  it('use events about their own candidates only', async () => {
    const { proxy, tab } = browser();
    await tab(JANE);
    const { connection } = await tab(ADA);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    assert.isUndefined(connection.getSessions(JANE));
    assert.deepEqual(connection.getSessions(ADA), []);
  });

  it('continue when the tab with the stream closes, and query what they may have missed', async () => {
    const { proxy, clock, tab } = browser();
    const first = await tab(JANE);
    const second = await tab(ADA);
    const third = await tab(JANE);
    proxy.cursor = 'e.8';
    proxy.sessions = [buildSession('jane@example.com', { status: 'submitted' })];
    first.connection.pause();
    await flushPromises();
    await clock.advance(1_000);
    assert.lengthOf(streamsOpen(proxy), 1);
    assert.sameMembers(proxy.lastStream.candidates, ['jane@example.com', 'ada@example.com']);
    assert.equal(third.status(), 'submitted');
    proxy.lastStream.sendEvent('e.9', 'session', buildSession('ada@example.com', { status: 'declined' }));
    await flushPromises();
    assert.equal(second.status(), 'declined');
  });

  it('replace a leader that does not respond', async () => {
    const { proxy, clock, tab } = browser();
    const name = `evalon ${proxy.url} ${proxy.viewer}`;
    const release = Promise.withResolvers<void>();
    const lostLock = navigator.locks.request(name, () => release.promise).catch((why: Error) => why.name);
    const { status } = await tab(JANE);
    assert.isEmpty(proxy.streams);
    await clock.advance(10_000 + 15_000);
    assert.equal(await lostLock, 'AbortError');
    assert.lengthOf(streamsOpen(proxy), 1);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    assert.equal(status(), 'opened');
  });

  it('keep a leader that responds without events', async () => {
    const { proxy, clock, tab } = browser();
    await tab(JANE);
    await tab(ADA);
    for (let n = 0; n < 10; n++) {
      await clock.advance(40_000);
      proxy.lastStream.write(':\n\n');
      await flushPromises();
    }
    assert.equal(proxy.streams.filter(({ candidates }) => candidates.length === 1).length, 1);
  });

  it('query every 30 s without a stream, and are live again with it', async () => {
    const { proxy, clock, tab } = browser();
    await tab(JANE);
    const second = await tab(ADA);
    proxy.lastStream.write('retry: 300000\n\n');
    proxy.lastStream.end();
    await flushPromises();
    assert.isNumber(second.connection.staleSince);
    proxy.sessions = [buildSession('ada@example.com', { status: 'opened' })];
    await clock.advance(31_000);
    assert.equal(second.status(), 'opened');
    await clock.advance(270_000);
    assert.isUndefined(second.connection.staleSince);
    assert.lengthOf(streamsOpen(proxy), 1);
  });

  it('all query again after a reset', async () => {
    const { proxy, clock, tab } = browser();
    await tab(JANE);
    const second = await tab(ADA);
    const before = proxy.requestsTo(QUERY).length;
    proxy.cursor = 'f.1';
    proxy.sessions = [buildSession('ada@example.com', { status: 'opened' })];
    proxy.lastStream.sendEvent('e.2', 'reset', {});
    proxy.lastStream.end();
    await clock.advance(3_000);
    assert.equal(second.status(), 'opened');
    assert.equal(proxy.requestsTo(QUERY).length, before + 2);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'f.1');
    assert.sameMembers(proxy.lastStream.candidates, ['jane@example.com', 'ada@example.com']);
  });

  it('back off if the proxy refuses the stream', async () => {
    const { proxy, clock, tab } = browser();
    proxy.override = ({ path }) =>
      path === '/v1/events' ? Response.json({ code: 'unavailable' }, { status: 503 }) : undefined;
    await tab(JANE);
    await tab(ADA);
    await clock.advance(600_000);
    assert.isBelow(proxy.requestsTo('/v1/events').length, 60);
  });

  it('share no stream if their rights differ', async () => {
    const proxy = new ScriptedProxy();
    const { tab } = browser(proxy);
    await tab(JANE);
    proxy.viewer = 'viewer-2';
    await tab(JANE);
    assert.lengthOf(streamsOpen(proxy), 2);
  });

  it('have up to four streams if each token is for one candidate, and the others query every 30 s', async () => {
    const { proxy, clock, tab } = browser();
    const tabs = [];
    for (let n = 0; n < 6; n++) {
      const candidate_email = `c${n}@example.com`;
      proxy.viewer = `viewer-${n}`;
      tabs.push(await tab({ candidate_email }, async () => encodeUnsignedToken({ candidates: [candidate_email] })));
    }
    assert.deepEqual(
      streamsOpen(proxy).map(({ candidates }) => candidates),
      [['c0@example.com'], ['c1@example.com'], ['c2@example.com'], ['c3@example.com']],
    );
    proxy.sessions = tabs.map((_, n) => buildSession(`c${n}@example.com`, { status: 'completed' }));
    // Each response has the viewer of its own token.
    proxy.override = async ({ path, body }) =>
      path === QUERY
        ? Response.json({
            sessions: proxy.sessions.filter((one) => one['candidate_email'] === body.candidates[0].candidate_email),
            cursor: 'e.9',
            viewer: `viewer-${/\d/.exec(body.candidates[0].candidate_email)}`,
            denied: [],
          })
        : (undefined as unknown as Response);
    for (const stream of streamsOpen(proxy)) stream.write(':\n\n');
    await clock.advance(30_000);
    assert.deepEqual(
      tabs.map(({ status }) => status()),
      [undefined, undefined, undefined, undefined, 'completed', 'completed'],
    );
    tabs[0]?.connection.pause();
    await clock.advance(30_000);
    assert.include(
      streamsOpen(proxy).map(({ candidates }) => candidates[0]),
      'c4@example.com',
    );
  });
});
