import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { Response } from 'express';
import { pino } from 'pino';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import { createStreamLimiter, LIMITS } from '../../../proxy/http/request-limits.ts';
import type { NewEvent } from '../../../proxy/store/schema.ts';
import { type Broker, openBroker } from '../../../proxy/stream/broker.ts';
import { serveStream } from '../../../proxy/stream/client.ts';
import { DRAIN_MS } from '../../../proxy/stream/drain.ts';
import type { StreamEvent } from '../../../proxy/stream/frame.ts';
import type { SubscriptionRequest } from '../../../proxy/stream/subscriptions.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';
import { openStore } from '../../support/test-database.ts';

/** Events that one replay returns. */
const REPLAY_PAGE_SIZE = 500;
const JANE = 'jane@example.com';
const JANE_REQUEST = { candidates: [{ candidate_email: JANE }] };

async function startBroker(test: TestContext) {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const broker = await openBroker({ store, clock, log: pino({ level: 'silent' }) });
  test.after(async () => {
    await broker.close();
    await store.close();
  });
  const append = (event: Partial<NewEvent>) => {
    const defaults: NewEvent = {
      type: 'session',
      topic: JANE,
      project_id: 'p',
      inviter_id: null,
      session_uuid: 's',
      data: '{}',
    };
    return store.write(({ events }) => events.append({ ...defaults, ...event }));
  };
  return { broker, clock, store, append };
}

/** Subscribes and collects what the broker publishes. */
function subscribe(broker: Broker, request: Partial<SubscriptionRequest>) {
  const events: StreamEvent[] = [];
  const subscriber = { receive: (event: StreamEvent) => void events.push(event), sendHeartbeat() {}, end() {} };
  const subscription = broker.subscribe(subscriber, { candidates: [], batches: [], ...request });
  return { events, seqs: () => events.map(({ seq }) => seq), ...subscription };
}

describe('the broker', () => {
  it('counts no subscriber and no stream for a client that left before the stream began', async (test) => {
    const { broker, clock } = await startBroker(test);
    const response = new ServerResponse(new IncomingMessage(new Socket())).destroy() as Response;
    const recruiter: Recruiter = {
      sub: 'r',
      iss: 'i',
      projects: 'every',
      scope: new Set(['read']),
      expiresAt: clock.now() + 1,
    };
    const limiter = createStreamLimiter({ ...LIMITS, maxStreamsPerRecruiter: 1 });
    // Throws if the limiter counts the stream of an earlier call.
    for (let n = 0; n < 3; n++) limiter.acquire(recruiter, response);
    const request = { ...JANE_REQUEST, batches: [] };
    serveStream({ broker, clock, response, recruiter, request, lastEventId: undefined, onFirstShown() {} });
    assert.equal(broker.clientCount, 0);
    assert.equal(broker.hasSubscriber(JANE), false);
  });

  it('reports which candidates the open streams name, in any project, until the last stream ends', async (test) => {
    const { broker } = await startBroker(test);
    assert.equal(broker.hasSubscriber(JANE), false);
    const oneProject = subscribe(broker, { candidates: [{ candidate_email: JANE, project_id: 'p' }] });
    assert.equal(broker.hasSubscriber(JANE), true);
    const allProjects = subscribe(broker, JANE_REQUEST);
    // A stream may close twice, but counts only once.
    oneProject.close();
    oneProject.close();
    assert.equal(broker.hasSubscriber(JANE), true);
    allProjects.close();
    assert.equal(broker.hasSubscriber(JANE), false);
  });

  it('publishes batch events only to the subscribers of that batch', async (test) => {
    const { broker, append } = await startBroker(test);
    const follower = subscribe(broker, { batches: ['b1'] });
    const other = subscribe(broker, { ...JANE_REQUEST, batches: ['b2'] });
    const first = await append({ type: 'batch', topic: 'b1', project_id: 'p' });
    const jane = await append({});
    const second = await append({ type: 'batch', topic: 'b1', project_id: 'q' });
    await waitFor(() => broker.lastSeq === second);
    assert.deepEqual(follower.seqs(), [first, second]);
    assert.deepEqual(other.seqs(), [jane]);
    assert.deepEqual(
      (await follower.replay(0))?.events.map(({ seq }) => seq),
      [first, second],
    );
  });

  it('publishes events only to subscribers whose filter matches', async (test) => {
    const { broker, append } = await startBroker(test);
    const strangers = Array.from({ length: 1_000 }, (_, n) =>
      subscribe(broker, { filters: [{ inviter_id: `recruiter-${n}` }, { project_id: `proj-${n}` }] }),
    );
    const recruiterStream = subscribe(broker, { filters: [{ inviter_id: 'me' }] });
    const projectStream = subscribe(broker, { filters: [{ project_id: 'p' }, { inviter_id: 'me', project_id: 'p' }] });
    const seq = await append({ inviter_id: 'me' });
    const batch = await append({ type: 'batch', topic: 'b', inviter_id: 'me' });
    await waitFor(() => broker.lastSeq === batch);
    assert.deepEqual([recruiterStream.seqs(), projectStream.seqs()], [[seq], [seq]]);
    assert.ok(strangers.every(({ events }) => !events.length));
    assert.equal(broker.hasSubscriber(JANE), false, 'a filter names no candidate');
    for (const { close } of [recruiterStream, projectStream, ...strangers]) close();
    await append({ inviter_id: 'me' });
    assert.equal(broker.clientCount, 0);
  });

  it('replays candidates and filters as one log without a gap', async (test) => {
    const { broker, append } = await startBroker(test);
    const both = subscribe(broker, { ...JANE_REQUEST, filters: [{ inviter_id: 'me' }] });
    const seqs: number[] = [];
    for (let n = 0; n < 600; n++) seqs.push(await append({ inviter_id: n % 2 ? 'me' : null }));
    const last = await append({ topic: 'eve@example.com', inviter_id: 'me' });
    const replay = async (from: number) => {
      const { events, upTo } = (await both.replay(from)) ?? {};
      return { seqs: events?.map(({ seq }) => seq), upTo };
    };
    const lastOfPage = seqs[REPLAY_PAGE_SIZE - 1] ?? 0;
    assert.deepEqual(await replay(0), { seqs: seqs.slice(0, REPLAY_PAGE_SIZE), upTo: lastOfPage });
    assert.deepEqual(await replay(lastOfPage), { seqs: [...seqs.slice(REPLAY_PAGE_SIZE), last], upTo: last });
  });

  it('publishes an erasure that this process announced as gone, and any other erasure as reset', async (test) => {
    const { broker, store, append } = await startBroker(test);
    const streams = [JANE_REQUEST, { filters: [{ inviter_id: 'me' }] }, { filters: [{ project_id: 'p' }] }].map(
      (request) => subscribe(broker, request),
    );
    const stranger = subscribe(broker, { candidates: [{ candidate_email: 'eve@example.com' }] });
    const buildErasure = (session_uuid: string) => ({
      type: 'erased' as const,
      topic: store.hash(JANE),
      inviter_id: 'me',
      session_uuid: '',
      data: store.hash(session_uuid),
    });
    broker.announceErasure([{ session_uuid: 's1', candidate_key: JANE, project_id: 'p' }]);
    await append(buildErasure('s1'));
    const last = await append(buildErasure('s2'));
    await waitFor(() => broker.lastSeq === last);
    for (const { events } of streams) {
      assert.deepEqual(
        events.map(({ type, session_uuid }) => [type, session_uuid]),
        [
          ['gone', 's1'],
          ['reset', ''],
        ],
      );
    }
    assert.deepEqual(stranger.events, []);
    assert.deepEqual((await stranger.replay(0))?.events, []);
    assert.deepEqual(
      (await streams[0]?.replay(0))?.events.map(({ type }) => type),
      ['reset', 'reset'],
    );
  });

  it('keeps a subscriber that joined between the end of a stream and the end of its connection', async (test) => {
    const { broker, append } = await startBroker(test);
    const before = subscribe(broker, JANE_REQUEST);
    before.close();
    const after = subscribe(broker, JANE_REQUEST);
    // The connection of the first stream ends.
    before.close();
    const seq = await append({});
    await waitFor(() => broker.lastSeq === seq);
    assert.deepEqual(after.seqs(), [seq]);
    assert.equal(broker.hasSubscriber(JANE), true);
  });

  it('spreads the reconnects of its clients: at most a tenth in any second, all within 28 s', async (test) => {
    const { broker, clock } = await startBroker(test);
    const startedAt = clock.now();
    const reconnectTimes: number[] = [];
    const clientCount = 300;
    for (let n = 0; n < clientCount; n++) {
      const subscription = broker.subscribe(
        {
          receive() {},
          sendHeartbeat() {},
          end(lastBytes) {
            reconnectTimes.push(clock.now() + Number(/^retry: (\d+)\n\n$/.exec(String(lastBytes))?.[1]));
            subscription.close();
          },
        },
        { ...JANE_REQUEST, batches: [] },
      );
    }
    await Promise.all([broker.drain(), clock.advance(DRAIN_MS)]);
    assert.equal(reconnectTimes.length, clientCount);
    const perSecond = reconnectTimes.map(
      (from) => reconnectTimes.filter((at) => at >= from && at < from + 1_000).length,
    );
    assert.ok(Math.max(...perSecond) <= clientCount / 10, `${Math.max(...perSecond)} in one second`);
    // The next process starts 3 s after the last stream has ended.
    assert.ok(
      Math.min(...reconnectTimes) >= startedAt + DRAIN_MS + 3_000 && Math.max(...reconnectTimes) <= startedAt + 28_000,
    );
  });
});
