import { assert } from 'chai';
import type { TokenProvider } from '../../../widget/api/token-source.ts';
import { flushPromises, TestClock } from '../fake-clock.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, encodeUnsignedToken, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { candidate_email: 'jane@example.com' };
const ADA = { candidate_email: 'ada@example.com', project_id: 'p1' };
const QUERY = '/v1/sessions/query';
const EVENTS = '/v1/events';

function start(getToken?: TokenProvider) {
  const proxy = new ScriptedProxy();
  const clock = new TestClock();
  const connection = openConnection(proxy, clock, getToken);
  const statuses = (of = JANE) => connection.getSessions(of)?.map(({ status }) => status);
  return { proxy, clock, connection, statuses };
}

describe('a connection', () => {
  it('collects all candidates of the page into one query and one stream from its cursor', async () => {
    const { proxy, connection } = start();
    proxy.sessions = [buildSession('ada@example.com')];
    let calls = 0;
    for (const candidate of [JANE, ADA, JANE]) connection.watch(candidate, () => calls++);
    await flushPromises();
    assert.lengthOf(proxy.requestsTo(QUERY), 1);
    assert.deepEqual(proxy.requestsTo(QUERY)[0]?.body, { candidates: [JANE, ADA] });
    assert.lengthOf(proxy.streams, 1);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.1');
    assert.deepEqual(connection.getSessions(JANE), []);
    assert.lengthOf(connection.getSessions(ADA) ?? [], 1);
    assert.isAbove(calls, 0);
  });

  it('gives every call an id of its own that the proxy takes over', async () => {
    const { proxy, connection } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    const ids = proxy.requests.map(({ headers }) => headers.get('x-request-id') ?? '');
    assert.isAbove(ids.length, 1);
    for (const id of ids) assert.match(id, /^[\w.-]{8,64}$/);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('misses nothing that happens to somebody new between the query’s answer and its arrival', async () => {
    const { proxy, connection, clock } = start();
    connection.watch(JANE, () => {});
    await clock.advance(1_000);
    const old = proxy.lastStream;
    old.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    const answer = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path === QUERY ? answer.promise : undefined);
    connection.watch(ADA, () => {});
    await flushPromises();
    // Ada's own event, e.4, is after the answer was made and before this one; the old stream does not carry it.
    old.sendEvent('e.5', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    answer.resolve(Response.json({ sessions: [], cursor: 'e.3', viewer: 'viewer-1', denied: [] }));
    await flushPromises();
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.2');
  });

  it('asks without cookies, caches and referrers, and without a token where nobody has to sign in', async () => {
    const { proxy, connection } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    for (const { init, headers } of proxy.requests) {
      assert.include(init, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
      assert.isFalse(headers.has('authorization'));
    }
  });

  it('queries more than 500 candidates in parts, and asks about those beyond 2,000 from time to time', async () => {
    const { proxy, connection, clock } = start();
    for (let n = 0; n < 2_100; n++) connection.watch({ candidate_email: `c${n}@example.com` }, () => {});
    await flushPromises();
    await flushPromises();
    assert.deepEqual(
      proxy.requestsTo(QUERY).map(({ body }) => body.candidates.length),
      [500, 500, 500, 500, 100],
    );
    assert.lengthOf(proxy.lastStream.candidates, 2_000);
    await clock.advance(30_000);
    assert.lengthOf(proxy.requestsTo(QUERY), 6);
    assert.equal(proxy.requestsTo(QUERY)[5]?.body.candidates[0].candidate_email, 'c2000@example.com');
  });

  it('applies frames, and never goes back', async () => {
    const { proxy, connection, statuses } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.lastStream.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'started' }));
    proxy.lastStream.sendEvent(
      'e.3',
      'session',
      buildSession('jane@example.com', { status: 'opened', updated_at: '2027-01-01T00:00:00.000Z' }),
    );
    await flushPromises();
    assert.deepEqual(statuses(), ['started']);
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
    proxy.lastStream.sendEvent(
      'e.7',
      'session',
      buildSession('jane@example.com', { status: 'levitating', updated_at: '2027-01-01T00:00:00.000Z' }),
    );
    await flushPromises();
    assert.deepEqual(statuses(), ['levitating']);
    proxy.lastStream.sendEvent('e.8', 'gone', { session_uuid: 'sess_jane@example.com' });
    await flushPromises();
    assert.deepEqual(statuses(), []);
  });

  it('opens the new stream before it closes the old when somebody is added, and skips what both deliver', async () => {
    const { proxy, connection, clock } = start();
    let told = 0;
    connection.watch(JANE, () => told++);
    await clock.advance(1_000);
    const first = proxy.lastStream;
    first.sendEvent('e.2', 'session', buildSession('jane@example.com', { status: 'opened' }));
    await flushPromises();
    proxy.override = async ({ path }) => {
      if (path === EVENTS) assert.isFalse(first.isClosed);
      return undefined as unknown as Response;
    };
    connection.watch(ADA, () => {});
    await flushPromises();
    assert.lengthOf(proxy.requestsTo(QUERY), 2);
    assert.deepEqual(proxy.requestsTo(QUERY)[1]?.body, { candidates: [ADA] });
    assert.isTrue(first.isClosed);
    assert.deepEqual(proxy.lastStream.candidates, ['jane@example.com', 'ada@example.com']);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.2');
    proxy.lastStream.sendEvent('e.3', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    const before = told;
    proxy.lastStream.sendEvent('e.3', 'session', buildSession('jane@example.com', { status: 'started' }));
    await flushPromises();
    assert.equal(told, before);
  });

  it('opens one stream a second at the most for a list that is scrolled, and misses nothing meanwhile', async () => {
    const { proxy, connection, clock } = start();
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
    assert.lengthOf(proxy.lastStream.candidates, 21);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.1');
  });

  it('asks first for those in sight where one query does not take all', async () => {
    const { proxy, connection } = start();
    for (let n = 0; n < 700; n++)
      connection.watch(
        { candidate_email: `c${n}@example.com` },
        () => {},
        () => n >= 600,
      );
    await flushPromises();
    const [first] = proxy.requestsTo(QUERY);
    const asked = first?.body.candidates.map((one: { candidate_email: string }) => one.candidate_email);
    assert.lengthOf(asked, 500);
    assert.includeMembers(asked.slice(0, 100), ['c600@example.com', 'c699@example.com']);
  });

  it('closes the stream and forgets what it held when nobody watches any more', async () => {
    const { proxy, connection } = start();
    proxy.sessions = [buildSession('jane@example.com')];
    const unwatch = connection.watch(JANE, () => {});
    await flushPromises();
    unwatch();
    await flushPromises();
    assert.isTrue(proxy.lastStream.isClosed);
    assert.isUndefined(connection.getSessions(JANE));
  });

  it('resumes after the last event when the stream breaks, with jitter', async () => {
    const { proxy, connection, clock } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.lastStream.sendEvent('e.9', 'session', buildSession('jane@example.com'));
    await flushPromises();
    proxy.lastStream.end();
    await flushPromises();
    assert.isNumber(connection.staleSince);
    await clock.advance(1_999);
    assert.lengthOf(proxy.streams, 1);
    await clock.advance(1);
    assert.lengthOf(proxy.streams, 2);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'e.9');
    assert.lengthOf(proxy.requestsTo(QUERY), 1);
    assert.isUndefined(connection.staleSince);
  });

  it('comes back when a proxy that restarts has told it to, and not before', async () => {
    const { proxy, connection, clock } = start();
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

  it('takes a line for dead when not even a comment came for 45 s', async () => {
    const { proxy, connection, clock } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    for (let n = 0; n < 4; n++) {
      proxy.lastStream.write(': still here\n\n');
      await clock.advance(30_000);
    }
    assert.lengthOf(proxy.streams, 1);
    await clock.advance(15_000);
    assert.isTrue(proxy.lastStream.isClosed);
    await clock.advance(2_000);
    assert.lengthOf(proxy.streams, 2);
  });

  it('queries again where streams are swallowed, so that the page stays up to date all the same', async () => {
    const { proxy, connection, clock, statuses } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    proxy.sessions = [buildSession('jane@example.com', { status: 'submitted' })];
    await clock.advance(45_000 + 2_000);
    assert.deepEqual(statuses(), ['submitted']);
    assert.equal(proxy.requestsTo(QUERY).length, 2);
  });

  it('queries again after a reset, and drops what is no longer there', async () => {
    const { proxy, connection, clock, statuses } = start();
    proxy.sessions = [buildSession('jane@example.com')];
    connection.watch(JANE, () => {});
    await flushPromises();
    assert.deepEqual(statuses(), ['invited']);
    proxy.sessions = [];
    proxy.cursor = 'f.1';
    proxy.lastStream.sendEvent('e.2', 'reset', {});
    proxy.lastStream.end();
    await flushPromises();
    assert.deepEqual(statuses(), ['invited']);
    await clock.advance(2_000);
    assert.deepEqual(statuses(), []);
    assert.equal(proxy.lastStream.request.headers.get('last-event-id'), 'f.1');
  });

  it('waits longer after each failure, at most 30 s, and as long as the proxy asks for', async () => {
    const { proxy, connection, clock } = start();
    clock.randomValue = 0.999;
    proxy.override = () => problemResponse(503, 'unavailable');
    connection.watch(JANE, () => {});
    const waits: number[] = [];
    for (let n = 0, last = clock.time; n < 7; n++) {
      const count = proxy.requestsTo(QUERY).length;
      while (proxy.requestsTo(QUERY).length === count) await clock.advance(500);
      waits.push(Math.round((clock.time - last) / 1000));
      last = clock.time;
    }
    assert.deepEqual(waits.slice(1), [3, 6, 12, 24, 30, 30]);
    assert.equal(connection.problem?.code, 'unavailable');
    proxy.override = () => problemResponse(429, 'rate_limited');
    clock.randomValue = 0;
    connection.retry();
    await flushPromises();
    const count = proxy.requestsTo(QUERY).length;
    await clock.advance(6_900);
    assert.lengthOf(proxy.requestsTo(QUERY), count);
    proxy.override = () => undefined;
    await clock.advance(200);
    assert.isUndefined(connection.problem);
    assert.deepEqual(connection.getSessions(JANE), []);
  });

  it('does not storm the proxy when every token is refused', async () => {
    let minted = 0;
    const { proxy, connection, clock } = start(async () => encodeUnsignedToken({ sub: `r${minted++}` }));
    proxy.override = () => problemResponse(401, 'unauthenticated');
    connection.watch(JANE, () => {});
    await flushPromises();
    assert.lengthOf(proxy.requests, 2);
    assert.equal(connection.problem?.code, 'unauthenticated');
    await clock.advance(900);
    assert.lengthOf(proxy.requests, 2);
  });

  it('renews the token 60 s before it ends: a new query, the new stream, and then the old one closes', async () => {
    const clock0 = new TestClock();
    let minted = 0;
    const { proxy, connection, clock } = start(async () => {
      minted++;
      return encodeUnsignedToken({ exp: clock0.time / 1000 + minted * 600 });
    });
    connection.watch(JANE, () => {});
    await flushPromises();
    const first = proxy.lastStream;
    for (let n = 0; n < 17; n++) {
      await clock.advance(30_000);
      first.write(':\n\n');
    }
    assert.equal(minted, 1);
    await clock.advance(30_000);
    assert.equal(minted, 2);
    assert.isTrue(first.isClosed);
    assert.lengthOf(proxy.streams, 2);
    assert.lengthOf(proxy.requestsTo(QUERY), 2);
    assert.notEqual(proxy.lastStream.request.headers.get('authorization'), first.request.headers.get('authorization'));
  });

  it('clears everything before it shows another recruiter’s view', async () => {
    const seen: unknown[] = [];
    let recruiter = 'a';
    const { proxy, connection } = start(async () => encodeUnsignedToken({ sub: recruiter }));
    proxy.sessions = [buildSession('jane@example.com', { candidate_url: 'https://evalon.example/secret' })];
    connection.requestConfig();
    connection.watch(JANE, () => seen.push(connection.getSessions(JANE)?.length));
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
    const order = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing', project_id: 'p1' };
    await connection.invites.send(order).result.catch(() => {});
    await flushPromises();
    assert.deepEqual(connection.getSessions(JANE)?.length, 0);
    assert.isFalse(connection.config?.canInvite);
    assert.include(seen, undefined);
  });

  it('sends one invite for two clicks, shows it as pending, and takes its session in', async () => {
    const { proxy, connection, statuses } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    const order = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing', project_id: 'p1' };
    const pending = [connection.invites.send(order), connection.invites.send(order)];
    assert.equal(connection.invites.getPending({ ...JANE, project_id: 'p1' })?.type, 'marketing');
    await Promise.all(pending.map(({ result: answer }) => answer));
    assert.lengthOf(proxy.requestsTo('/v1/sessions'), 1);
    assert.isUndefined(connection.invites.getPending({ ...JANE, project_id: 'p1' }));
    assert.deepEqual(statuses(), ['invited']);
  });

  it('shows the session that stands in the way of an invite', async () => {
    const { proxy, connection } = start();
    connection.watch(JANE, () => {});
    await flushPromises();
    const session = buildSession('jane@example.com', { assessment_type: 'sales' });
    proxy.override = () => problemResponse(409, 'type_conflict', { session });
    const order = { ...JANE, candidate_name: 'Jane', assessment_type: 'marketing', project_id: 'p1' };
    const refusal = await connection.invites.send(order).result.catch((error) => error);
    assert.equal(refusal.code, 'type_conflict');
    assert.equal(connection.getSessions(JANE)?.[0]?.assessment_type, 'sales');
  });

  it('leaves out of the stream whom the recruiter may not see', async () => {
    const { proxy, connection } = start();
    proxy.denied = [ADA];
    connection.watch(JANE, () => {});
    connection.watch(ADA, () => {});
    await flushPromises();
    assert.isTrue(connection.isDenied(ADA));
    assert.deepEqual(proxy.lastStream.candidates, ['jane@example.com']);
  });

  it('lets go of the stream while the page is frozen, and resumes where it was', async () => {
    const { proxy, connection, clock } = start();
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

  it('has one deadline for every answer', async () => {
    const { proxy, connection, clock } = start();
    proxy.override = () => new Promise<Response>(() => {});
    connection.watch(JANE, () => {});
    await clock.advance(22_000);
    assert.equal(connection.problem?.code, 'timeout');
    assert.isTrue(proxy.requests[0]?.init.signal?.aborted);
  });

  it('offers what it can while the offer fails, and gets it with the next try', async () => {
    const { proxy, connection, clock, statuses } = start();
    proxy.sessions = [buildSession('jane@example.com')];
    proxy.override = ({ path }) => (path === '/v1/config' ? problemResponse(503, 'unavailable') : undefined);
    connection.requestConfig();
    connection.watch(JANE, () => {});
    await flushPromises();
    assert.deepEqual(statuses(), ['invited']);
    assert.lengthOf(proxy.streams, 1);
    assert.isNotOk(connection.config);
    proxy.override = () => undefined;
    await clock.advance(2_000);
    assert.equal(connection.config?.environment, 'staging');
    assert.lengthOf(proxy.streams, 1);
  });
});
