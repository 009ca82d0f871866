import { assert } from 'chai';
import type { TokenProvider } from '../../../widget/package/settings.ts';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, encodeUnsignedToken, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { candidate_email: 'jane@example.com' };
const ADA = { candidate_email: 'ada@example.com', project_id: 'p1' };
const QUERY = '/v1/sessions/query';
const EVENTS = '/v1/events';
/** The first wait after a failure is between 1 and 3 s. The test clock's random value sets it to 2 s. */
const FIRST_WAIT_MS = 2_000;
/** The widget closes a stream that delivers no data for this long. */
const SILENCE_MS = 45_000;

function openTestConnection(getToken?: TokenProvider) {
  const proxy = new ScriptedProxy();
  const clock = new WidgetTestClock();
  const connection = openConnection(proxy, clock, getToken);
  const readStatuses = () => connection.getSessions(JANE)?.map(({ status }) => status);
  return { proxy, clock, connection, readStatuses };
}

describe('a connection', () => {
  it('sends one query for all candidates of the page, and opens one stream from the response’s cursor', async () => {
    const { proxy, connection } = openTestConnection();
    proxy.sessions = [buildSession('ada@example.com')];
    let callCount = 0;
    for (const candidate of [JANE, ADA, JANE]) connection.watch(candidate, () => callCount++);
    await flushPromises();
    assert.lengthOf(proxy.requestsTo(QUERY), 1);
    assert.deepEqual(proxy.requestsTo(QUERY)[0]?.body, { candidates: [JANE, ADA] });
    assert.lengthOf(proxy.streams, 1);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.1');
    assert.deepEqual(connection.getSessions(JANE), []);
    assert.lengthOf(connection.getSessions(ADA) ?? [], 1);
    assert.isAbove(callCount, 0);
  });

  it('sends a unique request id with every request', async () => {
    const { proxy, connection } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    const ids = proxy.requests.map(({ headers }) => headers.get('x-request-id') ?? '');
    assert.isAbove(ids.length, 1);
    for (const id of ids) assert.match(id, /^[\w.-]{8,64}$/);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('misses no event about a new candidate between the query and the new stream', async () => {
    const { proxy, connection, clock } = openTestConnection();
    connection.watch(JANE, () => {});
    await clock.advance(1_000);
    const oldStream = proxy.lastStream;
    oldStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    const response = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path === QUERY ? response.promise : undefined);
    connection.watch(ADA, () => {});
    await flushPromises();
    // Ada's event e.4 is not in the response, which has the state at e.3, and not in the old stream, which has only
    // Jane's events. Therefore the new stream must not start after Jane's event e.5.
    oldStream.sendEvent('e.5', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    response.resolve(Response.json({ sessions: [], cursor: 'e.3', viewer: 'viewer-1', denied: [] }));
    await flushPromises();
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.2');
  });

  it('sends requests without cookies, cache and referrer, and without a token if no sign-in is required', async () => {
    const { proxy, connection } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    for (const { init, headers } of proxy.requests) {
      assert.include(init, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
      assert.isFalse(headers.has('authorization'));
    }
  });

  it('queries candidates in batches of 500, and polls those beyond 2,000', async () => {
    const { proxy, connection, clock } = openTestConnection();
    for (let n = 0; n < 2_100; n++) connection.watch({ candidate_email: `c${n}@example.com` }, () => {});
    // Five queries in sequence take longer than one flush.
    await flushPromises();
    await flushPromises();
    assert.deepEqual(
      proxy.requestsTo(QUERY).map(({ body }) => body.candidates.length),
      [500, 500, 500, 500, 100],
    );
    assert.lengthOf(proxy.lastStream.candidateEmails, 2_000);
    await clock.advance(30_000);
    assert.lengthOf(proxy.requestsTo(QUERY), 6);
    assert.equal(proxy.requestsTo(QUERY)[5]?.body.candidates[0].candidate_email, 'c2000@example.com');
  });

  it('applies new events, and ignores invalid events and those with an earlier status or time', async () => {
    const { proxy, connection, readStatuses } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'started' }));
    proxy.lastStream.sendEvent(
      'e.3',
      'session',
      buildSession('jane@example.com', { status: 'opened', updated_at: '2027-01-01T00:00:00.000Z' }),
    );
    await flushPromises();
    assert.deepEqual(readStatuses(), ['started']);
    proxy.lastStream.sendEvent(
      'e.4',
      'session',
      buildSession('jane@example.com', {
        status: 'started',
        last_event: 'session.old',
        updated_at: '2025-01-01T00:00:00.000Z',
      }),
    );
    proxy.lastStream.sendEvent('e.5', 'nonsense', [1]);
    proxy.lastStream.write('id: e.6\nevent: session\ndata: {"half\n\n');
    // A status that this version of the widget does not know.
    proxy.lastStream.sendEvent(
      'e.7',
      'session',
      buildSession('jane@example.com', { status: 'levitating', updated_at: '2027-01-01T00:00:00.000Z' }),
    );
    await flushPromises();
    assert.deepEqual(readStatuses(), ['levitating']);
    proxy.lastStream.sendEvent('e.8', 'gone', { session_uuid: 'sess_jane@example.com' });
    await flushPromises();
    assert.deepEqual(readStatuses(), []);
  });

  it('opens the new stream for another candidate before it closes the old stream, and skips duplicate events', async () => {
    const { proxy, connection, clock } = openTestConnection();
    let changeCount = 0;
    connection.watch(JANE, () => changeCount++);
    await clock.advance(1_000);
    const oldStream = proxy.lastStream;
    oldStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    proxy.override = async ({ path }) => {
      if (path === EVENTS) assert.isFalse(oldStream.isClosed);
      return undefined;
    };
    connection.watch(ADA, () => {});
    await flushPromises();
    assert.lengthOf(proxy.requestsTo(QUERY), 2);
    assert.deepEqual(proxy.requestsTo(QUERY)[1]?.body, { candidates: [ADA] });
    assert.isTrue(oldStream.isClosed);
    assert.deepEqual(proxy.lastStream.candidateEmails, ['jane@example.com', 'ada@example.com']);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.2');
    proxy.lastStream.sendEvent('e.3', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    const countBefore = changeCount;
    proxy.lastStream.sendEvent('e.3', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    assert.equal(changeCount, countBefore);
  });

  it('opens no more than one stream a second for a scrolled list, and misses no event', async () => {
    const { proxy, connection, clock } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.cursor = 'e.3';
    for (let n = 0; n < 20; n++) {
      connection.watch({ candidate_email: `c${n}@example.com` }, () => {});
      await flushPromises();
      proxy.lastStream.sendEvent(`e.${n + 10}`, 'session', buildSession('jane@example.com'));
      await flushPromises();
    }
    assert.lengthOf(proxy.streams, 1);
    await clock.advance(1_000);
    assert.lengthOf(proxy.streams, 2);
    assert.lengthOf(proxy.lastStream.candidateEmails, 21);
    // The cursor before the query of the first new candidate.
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.1');
  });

  it('queries the visible candidates first if one query cannot contain all', async () => {
    const { proxy, connection } = openTestConnection();
    for (let n = 0; n < 700; n++)
      connection.watch(
        { candidate_email: `c${n}@example.com` },
        () => {},
        () => n >= 600,
      );
    await flushPromises();
    const [first] = proxy.requestsTo(QUERY);
    const emails = first?.body.candidates.map((candidate: { candidate_email: string }) => candidate.candidate_email);
    assert.lengthOf(emails, 500);
    assert.includeMembers(emails.slice(0, 100), ['c600@example.com', 'c699@example.com']);
  });

  it('closes the stream and drops its sessions when the last watch ends', async () => {
    const { proxy, connection } = openTestConnection();
    proxy.sessions = [buildSession('jane@example.com')];
    const unwatch = connection.watch(JANE, () => {});
    await flushPromises();
    unwatch();
    await flushPromises();
    assert.isTrue(proxy.lastStream.isClosed);
    assert.isUndefined(connection.getSessions(JANE));
  });

  it('resumes after the last event when the stream ends, with jitter', async () => {
    const { proxy, connection, clock } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.lastStream.sendEvent('e.9', 'session', buildSession('jane@example.com'));
    await flushPromises();
    proxy.lastStream.end();
    await flushPromises();
    assert.isNumber(connection.staleSince);
    await clock.advance(FIRST_WAIT_MS - 1);
    assert.lengthOf(proxy.streams, 1);
    await clock.advance(1);
    assert.lengthOf(proxy.streams, 2);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.9');
    assert.lengthOf(proxy.requestsTo(QUERY), 1);
    assert.isUndefined(connection.staleSince);
  });

  it('reconnects at the time that a restarting proxy has set, and not before', async () => {
    const { proxy, connection, clock } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.lastStream.write('retry: 17000\n\n');
    proxy.lastStream.end();
    await flushPromises();
    await clock.advance(16_999);
    assert.lengthOf(proxy.streams, 1);
    await clock.advance(1);
    assert.lengthOf(proxy.streams, 2);
  });

  it('reconnects after 45 s without any data', async () => {
    const { proxy, connection, clock } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    for (let n = 0; n < 4; n++) {
      proxy.lastStream.write(': still here\n\n');
      await clock.advance(30_000);
    }
    assert.lengthOf(proxy.streams, 1);
    await clock.advance(SILENCE_MS - 30_000);
    assert.isTrue(proxy.lastStream.isClosed);
    await clock.advance(FIRST_WAIT_MS);
    assert.lengthOf(proxy.streams, 2);
  });

  it('queries again if a stream delivers nothing, so that the page stays up to date', async () => {
    const { proxy, connection, clock, readStatuses } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.sessions = [buildSession('jane@example.com', { status: 'submitted' })];
    await clock.advance(SILENCE_MS + FIRST_WAIT_MS);
    assert.deepEqual(readStatuses(), ['submitted']);
    assert.equal(proxy.requestsTo(QUERY).length, 2);
  });

  it('queries again after a reset, and drops missing sessions', async () => {
    const { proxy, connection, clock, readStatuses } = openTestConnection();
    proxy.sessions = [buildSession('jane@example.com')];
    connection.watch(JANE, () => {});
    await flushPromises();
    assert.deepEqual(readStatuses(), ['invited']);
    proxy.sessions = [];
    proxy.cursor = 'f.1';
    proxy.lastStream.sendEvent('e.2', 'reset', {});
    proxy.lastStream.end();
    await flushPromises();
    assert.deepEqual(readStatuses(), ['invited']);
    await clock.advance(FIRST_WAIT_MS);
    assert.deepEqual(readStatuses(), []);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'f.1');
  });

  it('waits longer after each failure, up to 30 s or the time that the proxy sets', async () => {
    const { proxy, connection, clock } = openTestConnection();
    clock.randomValue = 0.999;
    proxy.override = () => problemResponse(503, 'unavailable');
    connection.watch(JANE, () => {});
    const waitsSeconds: number[] = [];
    for (let n = 0, lastTime = clock.time; n < 7; n++) {
      const count = proxy.requestsTo(QUERY).length;
      while (proxy.requestsTo(QUERY).length === count) await clock.advance(500);
      waitsSeconds.push(Math.round((clock.time - lastTime) / 1000));
      lastTime = clock.time;
    }
    // The first request had no wait before it.
    assert.deepEqual(waitsSeconds.slice(1), [3, 6, 12, 24, 30, 30]);
    assert.equal(connection.problem?.code, 'unavailable');
    proxy.override = () => problemResponse(429, 'rate_limited');
    clock.randomValue = 0;
    connection.retry();
    await flushPromises();
    const count = proxy.requestsTo(QUERY).length;
    // A 429 of the scripted proxy has `Retry-After: 7`.
    await clock.advance(6_900);
    assert.lengthOf(proxy.requestsTo(QUERY), count);
    proxy.override = () => undefined;
    await clock.advance(200);
    assert.isUndefined(connection.problem);
    assert.deepEqual(connection.getSessions(JANE), []);
  });

  it('retries once with a new token without a wait, and waits if the proxy refuses the new token too', async () => {
    let tokenCount = 0;
    const { proxy, connection, clock } = openTestConnection(async () =>
      encodeUnsignedToken({ sub: `r${tokenCount++}` }),
    );
    proxy.override = () => problemResponse(401, 'unauthenticated');
    connection.watch(JANE, () => {});
    await flushPromises();
    assert.lengthOf(proxy.requests, 2);
    assert.equal(connection.problem?.code, 'unauthenticated');
    // A wait lasts at least 1 s.
    await clock.advance(900);
    assert.lengthOf(proxy.requests, 2);
  });

  it('renews the token 60 s before it expires: queries again, opens the new stream, and closes the old stream', async () => {
    const startSeconds = new WidgetTestClock().time / 1000;
    let tokenCount = 0;
    const { proxy, connection, clock } = openTestConnection(async () => {
      tokenCount++;
      return encodeUnsignedToken({ exp: startSeconds + tokenCount * 600 });
    });
    connection.watch(JANE, () => {});
    await flushPromises();
    const oldStream = proxy.lastStream;
    // 510 s. The comments from the proxy keep the stream open.
    for (let n = 0; n < 17; n++) {
      await clock.advance(30_000);
      oldStream.write(':\n\n');
    }
    assert.equal(tokenCount, 1);
    await clock.advance(30_000);
    assert.equal(tokenCount, 2);
    assert.isTrue(oldStream.isClosed);
    assert.lengthOf(proxy.streams, 2);
    assert.lengthOf(proxy.requestsTo(QUERY), 2);
    assert.notEqual(
      proxy.lastStream.request.headers.get('authorization'),
      oldStream.request.headers.get('authorization'),
    );
  });

  it('drops all sessions before it shows another recruiter’s view', async () => {
    const sessionCounts: unknown[] = [];
    let recruiter = 'a';
    const { proxy, connection } = openTestConnection(async () => encodeUnsignedToken({ sub: recruiter }));
    proxy.sessions = [buildSession('jane@example.com', { candidate_url: 'https://evalon.example/secret' })];
    connection.requestConfig();
    connection.watch(JANE, () => sessionCounts.push(connection.getSessions(JANE)?.length));
    await flushPromises();
    assert.isTrue(connection.config?.canInvite);
    recruiter = 'b';
    proxy.viewer = 'viewer-2';
    proxy.sessions = [];
    proxy.clientConfig = { ...proxy.clientConfig, scope: ['read'] };
    proxy.override = ({ path, headers }) =>
      path === '/v1/sessions' && headers.get('authorization') === `Bearer ${encodeUnsignedToken({ sub: 'a' })}`
        ? problemResponse(401, 'unauthenticated')
        : undefined;
    const invite = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing', project_id: 'p1' };
    await connection.invites.send(invite).result.catch(() => {});
    await flushPromises();
    await flushPromises();
    assert.deepEqual(connection.getSessions(JANE), []);
    assert.isFalse(connection.config?.canInvite);
    // The connection was without sessions before it had those of the other recruiter.
    assert.include(sessionCounts, undefined);
  });

  it('orders sessions with equal times by their id', async () => {
    const { proxy, connection } = openTestConnection();
    const invited_at = '2026-01-10T10:00:00.000Z';
    const build = (session_uuid: string, time = invited_at) =>
      buildSession('jane@example.com', { session_uuid, invited_at: time, project_id: session_uuid });
    proxy.sessions = [build('c'), build('a'), build('z', '2026-01-11T10:00:00.000Z'), build('b')];
    connection.watch(JANE, () => {});
    await flushPromises();
    assert.deepEqual(
      connection.getSessions(JANE)?.map(({ session_uuid }) => session_uuid),
      ['z', 'a', 'b', 'c'],
    );
  });

  it('sends one invite for two clicks, shows it as pending, and adds its session', async () => {
    const { proxy, connection, readStatuses } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    const invite = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing', project_id: 'p1' };
    const pending = [connection.invites.send(invite), connection.invites.send(invite)];
    assert.equal(connection.invites.getPending({ ...JANE, project_id: 'p1' })?.type, 'marketing');
    await Promise.all(pending.map(({ result }) => result));
    assert.lengthOf(proxy.requestsTo('/v1/sessions'), 1);
    assert.isUndefined(connection.invites.getPending({ ...JANE, project_id: 'p1' }));
    assert.deepEqual(readStatuses(), ['invited']);
  });

  it('shows the session that prevents an invite', async () => {
    const { proxy, connection } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    const session = buildSession('jane@example.com', { assessment_type: 'sales' });
    proxy.override = () => problemResponse(409, 'type_conflict', { session });
    const invite = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing', project_id: 'p1' };
    const problem = await connection.invites.send(invite).result.catch((error) => error);
    assert.equal(problem.code, 'type_conflict');
    assert.equal(connection.getSessions(JANE)?.[0]?.assessment_type, 'sales');
  });

  it('leaves a candidate that the recruiter may not see out of the stream', async () => {
    const { proxy, connection } = openTestConnection();
    proxy.denied = [ADA];
    connection.watch(JANE, () => {});
    connection.watch(ADA, () => {});
    await flushPromises();
    assert.isTrue(connection.isDenied(ADA));
    assert.deepEqual(proxy.lastStream.candidateEmails, ['jane@example.com']);
  });

  it('closes the stream while the page is frozen, and then resumes after the last event', async () => {
    const { proxy, connection, clock } = openTestConnection();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.lastStream.sendEvent('e.5', 'session', buildSession('jane@example.com'));
    await flushPromises();
    connection.pause();
    assert.isTrue(proxy.lastStream.isClosed);
    await clock.advance(120_000);
    assert.lengthOf(proxy.streams, 1);
    connection.resume();
    await flushPromises();
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.5');
  });

  it('aborts a request that gets no response within 22 s', async () => {
    const { proxy, connection, clock } = openTestConnection();
    proxy.override = () => new Promise<Response>(() => {});
    connection.watch(JANE, () => {});
    await clock.advance(22_000);
    assert.equal(connection.problem?.code, 'timeout');
    assert.isTrue(proxy.requests[0]?.init.signal?.aborted);
  });

  it('shows sessions while the configuration fails, and requests the configuration again', async () => {
    const { proxy, connection, clock, readStatuses } = openTestConnection();
    proxy.sessions = [buildSession('jane@example.com')];
    proxy.override = ({ path }) => (path === '/v1/config' ? problemResponse(503, 'unavailable') : undefined);
    connection.requestConfig();
    connection.watch(JANE, () => {});
    await flushPromises();
    assert.deepEqual(readStatuses(), ['invited']);
    assert.lengthOf(proxy.streams, 1);
    assert.isNotOk(connection.config);
    proxy.override = () => undefined;
    await clock.advance(FIRST_WAIT_MS);
    assert.equal(connection.config?.environment, 'staging');
    assert.lengthOf(proxy.streams, 1);
  });
});
