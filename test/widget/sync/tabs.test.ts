import { assert } from 'chai';
import type { TokenProvider } from '../../../widget/package/settings.ts';
import type { Connection } from '../../../widget/sync/connection.ts';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, encodeUnsignedToken, ScriptedProxy } from '../scripted-proxy.ts';

const QUERY = '/v1/sessions/query';
const JANE = { candidate_email: 'jane@example.com' };
const ADA = { candidate_email: 'ada@example.com' };
const openConnections: Connection[] = [];

/** Creates a browser whose tabs use one proxy and one clock. */
function createBrowser(proxy = new ScriptedProxy()) {
  const clock = new WidgetTestClock();
  const openTab = async (candidate: { candidate_email: string }, getToken?: TokenProvider) => {
    const connection = openConnection(proxy, clock, getToken);
    openConnections.push(connection);
    connection.watch(candidate, () => {});
    // A stream adds candidates at most once a second.
    await flushPromises();
    await clock.advance(1_000);
    const readStatus = () => connection.getSessions(candidate)?.[0]?.status;
    return { connection, readStatus };
  };
  return { proxy, clock, openTab };
}

const listOpenStreams = (proxy: ScriptedProxy) => proxy.streams.filter(({ isClosed }) => !isClosed);

afterEach(() => {
  for (const connection of openConnections.splice(0)) connection.pause();
});

describe('tabs of one browser', () => {
  it('share one stream for the candidates of all tabs if their rights are equal', async () => {
    const { proxy, openTab } = createBrowser();
    await openTab(JANE);
    const second = await openTab(ADA);
    const third = await openTab(JANE);
    assert.lengthOf(listOpenStreams(proxy), 1);
    assert.sameMembers(proxy.lastStream.candidateEmails, ['jane@example.com', 'ada@example.com']);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('ada@example.com', { status: 'opened' }));
    proxy.lastStream.sendEvent('e.3', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    assert.equal(second.readStatus(), 'opened');
    assert.equal(third.readStatus(), 'started');
    for (const { connection } of [second, third]) assert.isUndefined(connection.staleSince);
  });

  it('miss no event between a new tab’s query and the stream that includes its candidate', async () => {
    const { proxy, openTab } = createBrowser();
    proxy.cursor = 'e.7';
    await openTab(JANE);
    proxy.lastStream.sendEvent('e.9', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    proxy.cursor = 'e.5';
    await openTab(ADA);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.5');
  });

  it('stream on their own after 3 s if the lock manager does not respond', async () => {
    const { proxy, clock, openTab } = createBrowser();
    const { request } = navigator.locks;
    navigator.locks.request = () => new Promise(() => {});
    try {
      const { readStatus } = await openTab(JANE);
      assert.isEmpty(proxy.streams);
      await clock.advance(3_000);
      assert.lengthOf(listOpenStreams(proxy), 1);
      proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
      await flushPromises();
      assert.equal(readStatus(), 'opened');
      await clock.advance(60_000);
      assert.equal(readStatus(), 'opened');
    } finally {
      navigator.locks.request = request;
    }
  });

  it('stream on their own after 3 s if their leader does not receive their messages, and share again when it does', async () => {
    const { proxy, clock, openTab } = createBrowser();
    await openTab(JANE);
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = () => {};
    const second = await openTab(ADA).finally(() => {
      BroadcastChannel.prototype.postMessage = postMessage;
    });
    assert.lengthOf(listOpenStreams(proxy), 1);
    await clock.advance(3_000);
    assert.lengthOf(listOpenStreams(proxy), 2);
    assert.deepEqual(proxy.lastStream.candidateEmails, ['ada@example.com']);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('ada@example.com', { status: 'opened' }));
    await flushPromises();
    assert.equal(second.readStatus(), 'opened');
    await clock.advance(60_000);
    assert.lengthOf(listOpenStreams(proxy), 1);
    assert.isUndefined(second.connection.staleSince);
  });

  it('use events about their own candidates only', async () => {
    const { proxy, openTab } = createBrowser();
    await openTab(JANE);
    const { connection } = await openTab(ADA);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    assert.isUndefined(connection.getSessions(JANE));
    assert.deepEqual(connection.getSessions(ADA), []);
  });

  it('continue when the tab with the stream closes, and query what they may have missed', async () => {
    const { proxy, clock, openTab } = createBrowser();
    const first = await openTab(JANE);
    const second = await openTab(ADA);
    const third = await openTab(JANE);
    proxy.cursor = 'e.8';
    proxy.sessions = [buildSession('jane@example.com', { status: 'submitted' })];
    first.connection.pause();
    await flushPromises();
    await clock.advance(1_000);
    assert.lengthOf(listOpenStreams(proxy), 1);
    assert.sameMembers(proxy.lastStream.candidateEmails, ['jane@example.com', 'ada@example.com']);
    assert.equal(third.readStatus(), 'submitted');
    proxy.lastStream.sendEvent('e.9', 'session', buildSession('ada@example.com', { status: 'declined' }));
    await flushPromises();
    assert.equal(second.readStatus(), 'declined');
  });

  it('replace a leader that does not respond', async () => {
    const { proxy, clock, openTab } = createBrowser();
    // Another tab holds the leader's lock, but sends no message.
    const name = `evalon ${proxy.url} ${proxy.viewer}`;
    const release = Promise.withResolvers<void>();
    const lostLock = navigator.locks.request(name, () => release.promise).catch((error: Error) => error.name);
    const { readStatus } = await openTab(JANE);
    assert.isEmpty(proxy.streams);
    // A silence of 10 s, and then a ping without a response for 10 s plus a jitter of 5 s.
    await clock.advance(10_000 + 15_000);
    assert.equal(await lostLock, 'AbortError');
    assert.lengthOf(listOpenStreams(proxy), 1);
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    assert.equal(readStatus(), 'opened');
  });

  it('keep a leader that responds but sends no events', async () => {
    const { proxy, clock, openTab } = createBrowser();
    await openTab(JANE);
    await openTab(ADA);
    for (let n = 0; n < 10; n++) {
      await clock.advance(40_000);
      proxy.lastStream.write(':\n\n');
      await flushPromises();
    }
    // Only the leader's first stream had one candidate: the other tab has never streamed on its own.
    assert.equal(proxy.streams.filter(({ candidateEmails }) => candidateEmails.length === 1).length, 1);
  });

  it('query every 30 s without a stream, and no longer after the stream is back', async () => {
    const { proxy, clock, openTab } = createBrowser();
    await openTab(JANE);
    const second = await openTab(ADA);
    proxy.lastStream.write('retry: 300000\n\n');
    proxy.lastStream.end();
    await flushPromises();
    assert.isNumber(second.connection.staleSince);
    proxy.sessions = [buildSession('ada@example.com', { status: 'opened' })];
    await clock.advance(31_000);
    assert.equal(second.readStatus(), 'opened');
    await clock.advance(270_000);
    assert.isUndefined(second.connection.staleSince);
    assert.lengthOf(listOpenStreams(proxy), 1);
  });

  it('query again in every tab after a reset', async () => {
    const { proxy, clock, openTab } = createBrowser();
    await openTab(JANE);
    const second = await openTab(ADA);
    const queryCount = proxy.requestsTo(QUERY).length;
    proxy.cursor = 'f.1';
    proxy.sessions = [buildSession('ada@example.com', { status: 'opened' })];
    proxy.lastStream.sendEvent('e.2', 'reset', {});
    proxy.lastStream.end();
    await clock.advance(3_000);
    assert.equal(second.readStatus(), 'opened');
    assert.equal(proxy.requestsTo(QUERY).length, queryCount + 2);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'f.1');
    assert.sameMembers(proxy.lastStream.candidateEmails, ['jane@example.com', 'ada@example.com']);
  });

  it('retry at growing intervals if the proxy refuses the stream', async () => {
    const { proxy, clock, openTab } = createBrowser();
    proxy.override = ({ path }) =>
      path === '/v1/events' ? Response.json({ code: 'unavailable' }, { status: 503 }) : undefined;
    await openTab(JANE);
    await openTab(ADA);
    await clock.advance(600_000);
    assert.isBelow(proxy.requestsTo('/v1/events').length, 60);
  });

  it('share no stream if their rights differ', async () => {
    const proxy = new ScriptedProxy();
    const { openTab } = createBrowser(proxy);
    await openTab(JANE);
    proxy.viewer = 'viewer-2';
    await openTab(JANE);
    assert.lengthOf(listOpenStreams(proxy), 2);
  });

  it('have up to four streams if each token is for one candidate, and the other tabs query every 30 s', async () => {
    const { proxy, clock, openTab } = createBrowser();
    const tabs = [];
    for (let n = 0; n < 6; n++) {
      const candidate_email = `c${n}@example.com`;
      proxy.viewer = `viewer-${n}`;
      tabs.push(await openTab({ candidate_email }, async () => encodeUnsignedToken({ candidates: [candidate_email] })));
    }
    assert.deepEqual(
      listOpenStreams(proxy).map(({ candidateEmails }) => candidateEmails),
      [['c0@example.com'], ['c1@example.com'], ['c2@example.com'], ['c3@example.com']],
    );
    proxy.sessions = tabs.map((_, n) => buildSession(`c${n}@example.com`, { status: 'completed' }));
    // Each response has the viewer of its own token.
    proxy.override = async ({ path, body }) =>
      path === QUERY
        ? Response.json({
            sessions: proxy.sessions.filter(
              (session) => session['candidate_email'] === body.candidates[0].candidate_email,
            ),
            cursor: 'e.9',
            viewer: `viewer-${/\d/.exec(body.candidates[0].candidate_email)}`,
            denied: [],
          })
        : undefined;
    for (const stream of listOpenStreams(proxy)) stream.write(':\n\n');
    await clock.advance(30_000);
    assert.deepEqual(
      tabs.map(({ readStatus }) => readStatus()),
      [undefined, undefined, undefined, undefined, 'completed', 'completed'],
    );
    tabs[0]?.connection.pause();
    await clock.advance(30_000);
    assert.include(
      listOpenStreams(proxy).map(({ candidateEmails }) => candidateEmails[0]),
      'c4@example.com',
    );
  });
});
