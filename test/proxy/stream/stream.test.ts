import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { waitFor } from '../../support/eventually.ts';
import { startStack } from '../../support/start-stack.ts';

const JANE_ROW = { candidate_email: JANE.candidate_email };
const EVE = { ...JANE, candidate_email: 'eve@example.com', candidate_name: 'Eve' };

describe('the stream', () => {
  it('sends the events after a query’s cursor, in order and without a gap', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const { cursor } = (await recruiter.query(JANE_ROW)).body;
    await evalon.sendEvent(uuid, 'session.opened');
    const stream = await recruiter.openStream([JANE_ROW], cursor);
    await stream.waitForFrame(({ data }) => data.status === 'opened');
    await evalon.sendEvent(uuid, 'session.started');
    await stream.waitForFrame(({ data }) => data.status === 'started');
    await evalon.completeSession(uuid);
    await stream.waitForFrame(({ data }) => data.status === 'completed');
    stream.close();
    assert.ok(stream.frames.every(({ event }) => event === 'session'));
    const numbers = stream.frames.map(({ id }) => Number(id?.split('.')[1]));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(numbers).size, numbers.length);
    assert.deepEqual(
      stream.frames.map(({ data }) => (data.confirming ? 'confirming' : data.status)),
      ['opened', 'started', 'confirming', 'completed'],
    );
  });

  it('forbids buffering, caching and transformation, and starts at once', async (test) => {
    const { recruiter } = await startStack(test);
    const stream = await recruiter.openStream([JANE_ROW]);
    assert.equal(stream.status, 200);
    assert.match(stream.headers.get('content-type') ?? '', /^text\/event-stream/);
    assert.equal(stream.headers.get('x-accel-buffering'), 'no');
    assert.match(stream.headers.get('cache-control') ?? '', /no-store.*no-transform/);
    assert.equal(stream.headers.has('content-encoding'), false);
    await waitFor(() => stream.commentCount > 0);
    stream.close();
  });

  it('resumes after the last received event', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const first = await recruiter.openStream([JANE_ROW]);
    await evalon.sendEvent(uuid, 'session.opened');
    const { id } = await first.waitForFrame(({ data }) => data.status === 'opened');
    first.close();
    await evalon.sendEvent(uuid, 'session.started');
    await evalon.sendEvent(uuid, 'session.submitted');
    const second = await recruiter.openStream([JANE_ROW], id);
    await second.waitForFrame(({ data }) => data.status === 'submitted');
    second.close();
    assert.deepEqual(
      second.frames.map(({ data }) => data.status),
      ['started', 'submitted'],
    );
  });

  it('sends only the requested candidates and projects', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const jane = (await recruiter.invite()).body.session_uuid;
    const eve = (await recruiter.invite(EVE)).body.session_uuid;
    const elsewhere = (await recruiter.invite({ project_id: 'proj_other' })).body.session_uuid;
    const stream = await recruiter.openStream([{ ...JANE_ROW, project_id: JANE.project_id }]);
    await evalon.sendEvent(eve, 'session.opened');
    await evalon.sendEvent(elsewhere, 'session.opened');
    await evalon.sendEvent(jane, 'session.opened');
    await stream.waitForFrame(({ data }) => data.status === 'opened');
    stream.close();
    assert.deepEqual(
      stream.frames.map(({ data }) => data.session_uuid),
      [jane],
    );
  });

  it('sends an event once to a client that names its candidate twice', async (test) => {
    const { evalon, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const elsewhere = (await recruiter.invite({ project_id: 'proj_other' })).body.session_uuid;
    const streams = [
      await recruiter.openStream([{ ...JANE_ROW, project_id: JANE.project_id }, JANE_ROW]),
      await recruiter.openStream([JANE_ROW, { ...JANE_ROW, candidate_email: ' JANE@example.com ' }]),
    ];
    await evalon.sendEvent(uuid, 'session.opened');
    await evalon.sendEvent(elsewhere, 'session.opened');
    for (const stream of streams) {
      await stream.waitForFrame(({ data }) => data.session_uuid === elsewhere);
      stream.close();
      assert.deepEqual(
        stream.frames.map(({ data }) => data.session_uuid),
        [uuid, elsewhere],
      );
    }
  });

  it('carries no candidate link without the invite scope', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const reader = await createRecruiterClient(proxy.url, { scope: 'read' });
    const streams = [await reader.openStream([JANE_ROW]), await recruiter.openStream([JANE_ROW])];
    await evalon.sendEvent(uuid, 'session.opened');
    const [readerFrame, recruiterFrame] = await Promise.all(
      streams.map((stream) => stream.waitForFrame(({ data }) => data.status === 'opened')),
    );
    for (const stream of streams) stream.close();
    assert.equal('candidate_url' in (readerFrame?.data ?? {}), false);
    assert.match(recruiterFrame?.data.candidate_url, /\/take\//);
  });

  for (const [what, cursor] of [
    ['from another epoch', 'ffffffffffff.1'],
    ['from the future', 'EPOCH.999'],
    ['that is malformed', 'yesterday'],
    ['that is negative', 'EPOCH.-1'],
  ] as const) {
    it(`sends reset and ends for a cursor ${what}`, async (test) => {
      const { proxy, recruiter } = await startStack(test);
      const { epoch } = proxy.context.store;
      const stream = await recruiter.openStream([JANE_ROW], cursor.replace('EPOCH', epoch));
      await stream.waitForFrame(({ event }) => event === 'reset');
      await stream.ended;
    });
  }

  it('sends reset if the log no longer reaches back to the cursor', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const { cursor } = (await recruiter.query(JANE_ROW)).body;
    for (const event of ['session.opened', 'session.started', 'session.submitted']) await evalon.sendEvent(uuid, event);
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${uuid}`)).body.status === 'submitted');
    const [beforeAllEvents, keptEvents, maxDeletions] = ['', 1, 100];
    await proxy.context.store.write(({ events }) => events.prune(beforeAllEvents, keptEvents, maxDeletions));
    const stream = await recruiter.openStream([JANE_ROW], cursor);
    await stream.waitForFrame(({ event }) => event === 'reset');
    await stream.ended;
  });

  it('ends when its token expires', async (test) => {
    const { proxy } = await startStack(test);
    const recruiter = await createRecruiterClient(proxy.url, { exp: Math.ceil(Date.now() / 1_000) + 1 });
    const stream = await recruiter.openStream([JANE_ROW]);
    assert.equal(stream.status, 200);
    await stream.ended;
  });

  it('ends when the proxy stops, so that the process can exit', async (test) => {
    const { proxy, recruiter } = await startStack(test);
    const stream = await recruiter.openStream([JANE_ROW]);
    await proxy.close();
    await stream.ended;
    // Prevents `startStack` from closing the closed proxy again.
    test.mock.method(proxy, 'close', async () => {});
  });

  it('is refused for more than 2,000 candidates, for an empty list, and for a missing list', async (test) => {
    const { recruiter } = await startStack(test);
    const many = Array.from({ length: 2_001 }, (_, n) => ({ candidate_email: `c${n}@example.com` }));
    assert.equal((await recruiter.post('/v1/events', { candidates: many })).status, 400);
    assert.equal((await recruiter.post('/v1/events', { candidates: [] })).status, 400);
    assert.equal((await recruiter.post('/v1/events', {})).status, 400);
    const stream = await recruiter.openStream(many.slice(0, 2_000));
    assert.equal(stream.status, 200);
    stream.close();
  });

  it('leaves no subscriber behind when its client leaves', async (test) => {
    const { evalon, proxy, recruiter } = await startStack(test);
    const uuid = (await recruiter.invite()).body.session_uuid;
    const streams = await Promise.all(Array.from({ length: 20 }, () => recruiter.openStream([JANE_ROW])));
    for (const stream of streams) stream.close();
    await waitFor(() => proxy.context.broker.clientCount === 0);
    await evalon.sendEvent(uuid, 'session.opened');
    await waitFor(async () => (await recruiter.get(`/v1/sessions/${uuid}`)).body.status === 'opened');
  });
});
