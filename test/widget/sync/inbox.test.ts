import { assert } from 'chai';
import type { TokenProvider } from '../../../widget/package/settings.ts';
import { Inbox } from '../../../widget/sync/inbox.ts';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
import { waitFor } from '../fixture.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, encodeUnsignedToken, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const DAY_MS = 24 * 60 * 60_000;
const TOKEN_LIFETIME_SECONDS = 90;
/** Just after the renewal of a token, which is 60 s before it expires. */
const RENEWED_MS = 30_100;

function openInbox(proxy: ScriptedProxy, getToken?: TokenProvider) {
  const clock = new WidgetTestClock();
  const finishedNames: string[] = [];
  const inbox = new Inbox(openConnection(proxy, clock, getToken), {
    onChange() {},
    onFinished: ({ candidate_name }) => finishedNames.push(candidate_name),
  });
  inbox.onVisibilityChange(true);
  const daysAgo = (days: number) => new Date(clock.now() - days * DAY_MS).toISOString();
  const readNames = (list: 'finished' | 'waiting') => inbox[list].map(({ candidate_name }) => candidate_name).join(' ');
  return { clock, finishedNames, inbox, daysAgo, readNames };
}

function buildNamedSession(name: string, status: string, updated_at: string, more: Record<string, unknown> = {}) {
  return buildSession(`${name}@example.com`, { candidate_name: name, session_uuid: name, status, updated_at, ...more });
}

const listQueries = (proxy: ScriptedProxy) => proxy.requestsTo('/v1/sessions/query');

describe('the inbox’s collection', () => {
  it('queries the recruiter’s own sessions, and streams them from the cursor of the first response', async () => {
    const proxy = new ScriptedProxy();
    const { daysAgo, readNames, inbox } = openInbox(proxy);
    proxy.sessions = [
      buildNamedSession('Ann', 'completed', daysAgo(2)),
      buildNamedSession('Bob', 'declined', daysAgo(1)),
      buildNamedSession('Cyd', 'opened', daysAgo(7)),
      buildNamedSession('Dan', 'invited', daysAgo(9)),
      buildNamedSession('Eve', 'scoring', daysAgo(4.9)),
    ];
    await flushPromises();
    assert.equal(readNames('finished'), 'Bob Ann');
    assert.equal(readNames('waiting'), 'Dan Cyd');
    assert.ok(listQueries(proxy).every(({ body }) => body.filter.mine === true));
    assert.deepEqual(proxy.lastStream.request.body, { filter: { mine: true } });
    assert.equal(proxy.lastStream.lastEventId, 'e.1');
    assert.deepEqual(inbox.hasMore, { finished: false, waiting: false });
    inbox.onVisibilityChange(false);
  });

  it('applies events, reports who has finished, and ignores older events', async () => {
    const proxy = new ScriptedProxy();
    const { daysAgo, readNames, inbox, finishedNames } = openInbox(proxy);
    proxy.sessions = [buildNamedSession('Ann', 'opened', daysAgo(6))];
    await flushPromises();
    proxy.lastStream.sendEvent('e.2', 'session', buildNamedSession('Ann', 'completed', daysAgo(0)));
    proxy.lastStream.sendEvent('e.3', 'session', buildNamedSession('Bob', 'invited', daysAgo(0)));
    proxy.lastStream.sendEvent('e.4', 'session', buildNamedSession('Ann', 'started', daysAgo(1)));
    proxy.lastStream.sendEvent(
      'e.5',
      'session',
      buildNamedSession('Ann', 'completed', daysAgo(0), { last_event: 'session.read' }),
    );
    proxy.lastStream.sendEvent('e.6', 'session', { nonsense: true });
    await flushPromises();
    assert.equal(readNames('finished'), 'Ann');
    assert.equal(readNames('waiting'), '');
    assert.deepEqual(finishedNames, ['Ann']);
    inbox.onVisibilityChange(false);
  });

  it('moves a candidate to the waiting list after five days without activity', async () => {
    const proxy = new ScriptedProxy();
    const { daysAgo, readNames, inbox, clock } = openInbox(proxy);
    proxy.sessions = [buildNamedSession('Ann', 'invited', daysAgo(4.5))];
    await flushPromises();
    assert.equal(readNames('waiting'), '');
    clock.time += DAY_MS;
    assert.equal(readNames('waiting'), 'Ann');
    inbox.onVisibilityChange(false);
  });

  it('drops erased candidates, even from a late response', async () => {
    const proxy = new ScriptedProxy();
    const { daysAgo, readNames, inbox } = openInbox(proxy);
    proxy.sessions = Array.from({ length: 60 }, (_, n) => buildNamedSession(`c${n}`, 'completed', daysAgo(n + 1)));
    await flushPromises();
    const response = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path === '/v1/sessions/query' ? response.promise : undefined);
    inbox.loadMore('finished');
    await flushPromises();
    proxy.lastStream.sendEvent('e.2', 'gone', { session_uuid: 'c1' });
    proxy.lastStream.sendEvent('e.3', 'gone', { session_uuid: 'c55' });
    await flushPromises();
    response.resolve(
      Response.json({ sessions: proxy.sessions.slice(50), cursor: 'e.1', viewer: 'viewer-1', denied: [] }),
    );
    await flushPromises();
    assert.equal(inbox.finished.length, 58);
    assert.notMatch(readNames('finished'), /\bc1\b|\bc55\b/);
    inbox.onVisibilityChange(false);
  });

  it('loads more pages until there are no more', async () => {
    const proxy = new ScriptedProxy();
    const { daysAgo, inbox } = openInbox(proxy);
    proxy.sessions = Array.from({ length: 120 }, (_, n) => [
      buildNamedSession(`f${n}`, 'completed', daysAgo(n + 1)),
      buildNamedSession(`w${n}`, 'invited', daysAgo(200 - n)),
    ]).flat();
    await flushPromises();
    assert.deepEqual([inbox.finished.length, inbox.waiting.length], [50, 50]);
    assert.deepEqual(inbox.hasMore, { finished: true, waiting: true });
    inbox.loadMore('finished');
    await flushPromises();
    inbox.loadMore('finished');
    await flushPromises();
    assert.deepEqual([inbox.finished.length, inbox.waiting.length], [120, 50]);
    assert.deepEqual(inbox.hasMore, { finished: false, waiting: true });
    assert.equal(listQueries(proxy).length, 4);
    inbox.onVisibilityChange(false);
  });

  it('closes its stream while it is hidden, and then resumes after the last event', async () => {
    const proxy = new ScriptedProxy();
    const { inbox, clock, daysAgo, readNames } = openInbox(proxy);
    await flushPromises();
    proxy.lastStream.sendEvent('e.7', 'session', buildNamedSession('Ann', 'completed', daysAgo(0)));
    await flushPromises();
    inbox.onVisibilityChange(false);
    assert.isTrue(proxy.lastStream.isClosed);
    await clock.advance(DAY_MS);
    assert.lengthOf(proxy.streams, 1);
    const queryCount = listQueries(proxy).length;
    inbox.onVisibilityChange(true);
    await flushPromises();
    assert.lengthOf(proxy.streams, 2);
    assert.equal(proxy.lastStream.lastEventId, 'e.7');
    assert.lengthOf(listQueries(proxy), queryCount);
    assert.equal(readNames('finished'), 'Ann');
    inbox.onVisibilityChange(false);
  });

  it('sends no request if it is hidden in the same task in which it became visible', async () => {
    const proxy = new ScriptedProxy();
    const { inbox, clock } = openInbox(proxy);
    inbox.onVisibilityChange(false);
    await clock.advance(60_000);
    assert.lengthOf(proxy.requests, 0);
  });

  it('reconnects when the stream ends, after the time that the proxy sets', async () => {
    const proxy = new ScriptedProxy();
    const { inbox, clock } = openInbox(proxy);
    await flushPromises();
    proxy.lastStream.write('retry: 9000\n\n');
    await flushPromises();
    proxy.lastStream.end();
    await clock.advance(8_900);
    assert.lengthOf(proxy.streams, 1);
    assert.isNumber(inbox.staleSince);
    await clock.advance(200);
    assert.lengthOf(proxy.streams, 2);
    assert.isUndefined(inbox.staleSince);
    inbox.onVisibilityChange(false);
  });

  it('reloads as many sessions as before after a reset', async () => {
    const proxy = new ScriptedProxy();
    const { inbox, clock, daysAgo } = openInbox(proxy);
    proxy.sessions = Array.from({ length: 90 }, (_, n) => buildNamedSession(`c${n}`, 'completed', daysAgo(n + 1)));
    await flushPromises();
    inbox.loadMore('finished');
    await flushPromises();
    proxy.sessions = proxy.sessions.slice(1);
    proxy.cursor = 'f.1';
    proxy.lastStream.sendEvent('f.1', 'reset', {});
    await clock.advance(5_000);
    assert.equal(inbox.finished.length, 89);
    // The last two queries are for the list of finished sessions and then for the waiting ones.
    assert.equal(listQueries(proxy).at(-2)?.body.limit, 100);
    assert.equal(proxy.lastStream.lastEventId, 'f.1');
    inbox.onVisibilityChange(false);
  });

  it('renews its token before it expires: queries again, and opens the new stream before it closes the old stream', async () => {
    const proxy = new ScriptedProxy();
    let tokenCount = 0;
    const clock = new WidgetTestClock();
    const getToken = () =>
      encodeUnsignedToken({ exp: clock.now() / 1_000 + TOKEN_LIFETIME_SECONDS, serial: ++tokenCount });
    const inbox = new Inbox(openConnection(proxy, clock, getToken), { onChange() {}, onFinished() {} });
    inbox.onVisibilityChange(true);
    await flushPromises();
    const oldStream = proxy.lastStream;
    let wasOldStreamOpen: boolean | undefined;
    proxy.override = ({ path }) => {
      if (path === '/v1/events') wasOldStreamOpen = !oldStream.isClosed;
      return undefined;
    };
    await clock.advance(RENEWED_MS);
    assert.equal(tokenCount, 2);
    assert.lengthOf(proxy.streams, 2);
    assert.isTrue(wasOldStreamOpen);
    assert.isTrue(oldStream.isClosed);
    assert.lengthOf(listQueries(proxy), 4);
    const bearers = proxy.requests.map(({ headers }) => headers.get('authorization'));
    assert.equal(new Set(bearers).size, 2);
    inbox.onVisibilityChange(false);
  });

  it('keeps events that arrive during a query', async () => {
    const proxy = new ScriptedProxy();
    let tokenCount = 0;
    const clock = new WidgetTestClock();
    const getToken = () =>
      encodeUnsignedToken({ exp: clock.now() / 1_000 + TOKEN_LIFETIME_SECONDS, serial: ++tokenCount });
    const inbox = new Inbox(openConnection(proxy, clock, getToken), { onChange() {}, onFinished() {} });
    inbox.onVisibilityChange(true);
    await flushPromises();
    const response = Promise.withResolvers<Response>();
    proxy.override = ({ path }) =>
      path === '/v1/sessions/query' ? response.promise.then((original) => original.clone()) : undefined;
    await clock.advance(RENEWED_MS);
    proxy.lastStream.sendEvent(
      'e.2',
      'session',
      buildNamedSession('Ann', 'completed', new Date(clock.now()).toISOString()),
    );
    await flushPromises();
    response.resolve(Response.json({ sessions: [], cursor: 'e.1', viewer: 'viewer-1', denied: [] }));
    await waitFor(() => proxy.streams.length === 2);
    assert.equal(inbox.finished[0]?.candidate_name, 'Ann');
    inbox.onVisibilityChange(false);
  });

  it('drops all sessions that were shown under other rights', async () => {
    const proxy = new ScriptedProxy();
    const { inbox, daysAgo, readNames, clock } = openInbox(proxy);
    proxy.sessions = [buildNamedSession('Ann', 'completed', daysAgo(1))];
    await flushPromises();
    proxy.viewer = 'viewer-2';
    proxy.sessions = [buildNamedSession('Bob', 'completed', daysAgo(1))];
    proxy.lastStream.sendEvent('e.2', 'reset', {});
    await clock.advance(5_000);
    assert.equal(readNames('finished'), 'Bob');
    assert.equal(inbox.viewer, 'viewer-2');
    assert.lengthOf(proxy.requestsTo('/v1/config'), 2);

    proxy.override = ({ path }) => (path === '/v1/sessions/query' ? problemResponse(403, 'forbidden') : undefined);
    proxy.lastStream.sendEvent('e.3', 'reset', {});
    await clock.advance(5_000);
    assert.equal(readNames('finished'), '');
    assert.isUndefined(inbox.viewer);
    assert.equal(inbox.problem?.code, 'forbidden');
    inbox.onVisibilityChange(false);
  });

  it('retries automatically while the proxy is unavailable, and at once on request', async () => {
    const proxy = new ScriptedProxy();
    proxy.override = () => problemResponse(503, 'unavailable');
    const { inbox, clock } = openInbox(proxy);
    await flushPromises();
    assert.equal(inbox.problem?.code, 'unavailable');
    const requestCount = proxy.requests.length;
    await clock.advance(3_000);
    assert.isAbove(proxy.requests.length, requestCount);
    proxy.override = () => undefined;
    inbox.retry();
    await flushPromises();
    assert.isUndefined(inbox.problem);
    assert.lengthOf(proxy.streams, 1);
    inbox.onVisibilityChange(false);
  });
});
