import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { Response } from 'express';
import { pino } from 'pino';
import type { Recruiter } from '../../../proxy/auth/recruiter.ts';
import { createStreamLimiter, LIMITS } from '../../../proxy/http/request-limits.ts';
import type { EventRow } from '../../../proxy/store/schema.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { type Broker, openBroker } from '../../../proxy/stream/broker.ts';
import { serveStream } from '../../../proxy/stream/client.ts';
import type { SubscriptionRequest } from '../../../proxy/stream/subscriptions.ts';
import { waitFor } from '../../support/eventually.ts';
import { createTestClock } from '../../support/fake-clock.ts';

const JANE = 'jane@example.com';

async function startHub(test: TestContext) {
  const clock = createTestClock();
  const store = await openStore(':memory:', 'https://api.evalon.example', clock);
  const hub = await openBroker({ store, clock, log: pino({ level: 'silent' }) });
  test.after(async () => {
    await hub.close();
    await store.close();
  });
  const append = (topic: string, project_id: string, owner: string | null = null, type: EventRow['type'] = 'session') =>
    store.write(({ events }) => events.append({ type, topic, session_uuid: 's', project_id, owner, data: '{}' }));
  return { hub, clock, append };
}

/** Answers what it was handed, by numbers. */
function watch(hub: Broker, watched: Partial<SubscriptionRequest>) {
  const received: number[] = [];
  const watcher = { receive: ({ seq }: { seq: number }) => void received.push(seq), sendHeartbeat() {}, end() {} };
  return { received, ...hub.subscribe(watcher, { candidates: [], batches: [], ...watched }) };
}

describe('the hub', () => {
  it('gets no watcher for a reader who has left before the stream began, and no place is taken', async (test) => {
    const { hub, clock } = await startHub(test);
    const response = new ServerResponse(new IncomingMessage(new Socket())).destroy() as Response;
    const recruiter: Recruiter = {
      sub: 'r',
      iss: 'i',
      projects: 'every',
      scope: new Set(['read']),
      expiresAt: clock.now() + 1,
    };
    const candidates = [{ candidate_email: JANE }];
    const limiter = createStreamLimiter({ ...LIMITS, maxStreamsPerRecruiter: 1 });
    for (let n = 0; n < 3; n++) limiter.acquire(recruiter, response);
    serveStream({ broker: hub, clock, response, recruiter, candidates, lastEventId: undefined, onFirstShown() {} });
    assert.equal(hub.clientCount, 0);
    assert.equal(hub.hasSubscriber(JANE), false);
  });

  it('knows whom a stream watches, in whichever project, until the last one ends', async (test) => {
    const { hub } = await startHub(test);
    assert.equal(hub.hasSubscriber(JANE), false);
    const inOne = watch(hub, { candidates: [{ candidate_email: JANE, project_id: 'p' }] });
    assert.equal(hub.hasSubscriber(JANE), true);
    const inAll = watch(hub, { candidates: [{ candidate_email: JANE }] });
    inOne.close();
    inOne.close();
    assert.equal(hub.hasSubscriber(JANE), true);
    inAll.close();
    assert.equal(hub.hasSubscriber(JANE), false);
  });

  it('hands events about a batch to those who follow it, whatever its project, and to nobody else', async (test) => {
    const { hub, append } = await startHub(test);
    const follower = watch(hub, { batches: ['b1'] });
    const other = watch(hub, { candidates: [{ candidate_email: JANE }], batches: ['b2'] });
    const first = await append('b1', 'p', null, 'batch');
    const jane = await append(JANE, 'p');
    const second = await append('b1', 'q', null, 'batch');
    await waitFor(() => hub.lastSeq === second);
    assert.deepEqual(follower.received, [first, second]);
    assert.deepEqual(other.received, [jane]);
    assert.deepEqual(
      (await follower.replay(0))?.events.map(({ seq }) => seq),
      [first, second],
    );
  });

  it('hands an event by filter to those whom it concerns, and asks none of the others', async (test) => {
    const { hub, append } = await startHub(test);
    const strangers = Array.from({ length: 1_000 }, (_, n) =>
      watch(hub, { filters: [{ owner: `recruiter-${n}` }, { project_id: `proj-${n}` }] }),
    );
    const mine = watch(hub, { filters: [{ owner: 'me' }] });
    const project = watch(hub, { filters: [{ project_id: 'p' }, { owner: 'me', project_id: 'p' }] });
    const seq = await append(JANE, 'p', 'me');
    const batch = await append('b', 'p', 'me', 'batch');
    await waitFor(() => hub.lastSeq === batch);
    assert.deepEqual([mine.received, project.received], [[seq], [seq]]);
    assert.ok(strangers.every(({ received }) => !received.length));
    assert.equal(hub.hasSubscriber(JANE), false, 'nobody is known to have Jane on screen');
    for (const { close } of [mine, project, ...strangers]) close();
    await append(JANE, 'p', 'me');
    assert.equal(hub.clientCount, 0);
  });

  it('replays what is found in different ways as one log, only as far as all of it is known', async (test) => {
    const { hub, append } = await startHub(test);
    const both = watch(hub, { candidates: [{ candidate_email: JANE }], filters: [{ owner: 'me' }] });
    const first: number[] = [];
    for (let n = 0; n < 600; n++) first.push(await append(JANE, 'p', n % 2 ? 'me' : null));
    const last = await append('eve@example.com', 'p', 'me');
    const numbers = async (from: number) => {
      const { events, upTo } = (await both.replay(from)) ?? {};
      return { numbers: events?.map(({ seq }) => seq), upTo };
    };
    assert.deepEqual(await numbers(0), { numbers: first.slice(0, 500), upTo: first[499] });
    assert.deepEqual(await numbers(first[499] ?? 0), { numbers: [...first.slice(500), last], upTo: last });
  });

  it('loses nobody who came between the end of a stream and that of its connection', async (test) => {
    const { hub, append } = await startHub(test);
    const candidates = [{ candidate_email: JANE }];
    const before = watch(hub, { candidates });
    before.close();
    const after = watch(hub, { candidates });
    before.close();
    const seq = await append(JANE, 'p');
    await waitFor(() => hub.lastSeq === seq);
    assert.deepEqual(after.received, [seq]);
    assert.equal(hub.hasSubscriber(JANE), true);
  });

  it('has no more than a tenth of all its readers come back in any second, and all within 28 s of the first end', async (test) => {
    const { hub, clock } = await startHub(test);
    const began = clock.now();
    const returns: number[] = [];
    for (let n = 0; n < 300; n++) {
      const subscription = hub.subscribe(
        {
          receive() {},
          sendHeartbeat() {},
          end(last) {
            returns.push(clock.now() + Number(/^retry: (\d+)\n\n$/.exec(String(last))?.[1]));
            subscription.close();
          },
        },
        { candidates: [{ candidate_email: JANE }], batches: [] },
      );
    }
    await Promise.all([hub.drain(), clock.advance(5_000)]);
    assert.equal(returns.length, 300);
    const inASecond = returns.map((from) => returns.filter((at) => at >= from && at < from + 1_000).length);
    assert.ok(Math.max(...inASecond) <= 30, `${Math.max(...inASecond)} in one second`);
    assert.ok(Math.min(...returns) >= began + 8_000 && Math.max(...returns) <= began + 28_000);
  });
});
