/** Several proxies on one PostgreSQL database, behind one address. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { RunningProxy } from '../../proxy/server.ts';
import { ADMIN_TOKEN } from '../support/admin-client.ts';
import { createRecruiterClient, JANE, type RecruiterClient, type SseFrame } from '../support/api-client.ts';
import { startEvalon, type TestEvalon } from '../support/evalon.ts';
import { waitFor } from '../support/eventually.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startProxy } from '../support/proxy.ts';

async function startNodes(test: TestContext, count: number) {
  const { url, drop } = await createPostgresDatabase();
  const evalon = await startEvalon();
  const proxies: RunningProxy[] = [];
  for (let n = 0; n < count; n++) proxies.push(await startProxy(evalon, { DATABASE_URL: url, ADMIN_TOKEN }));
  test.after(async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await evalon.close();
    await drop();
  });
  const recruiters = await Promise.all(proxies.map((proxy) => createRecruiterClient(proxy.url)));
  return { evalon, proxies, recruiters: recruiters as [RecruiterClient, RecruiterClient, ...RecruiterClient[]] };
}

const JANE_ROW = { candidate_email: JANE.candidate_email };

/** Sends the events numbered from `from` to `to - 1`, each to the next node. */
async function sendEvents(
  evalon: TestEvalon,
  proxies: readonly RunningProxy[],
  uuid: string,
  from: number,
  to: number,
) {
  for (let n = from; n < to; n++) {
    const { url } = proxies[n % proxies.length] as RunningProxy;
    const path = new URL(evalon.webhookUrl ?? '').pathname;
    const status = await evalon.sendWebhook(
      { event: `session.seen_${n}`, session_uuid: uuid },
      { url: `${url}${path}` },
    );
    assert.equal(status, 202);
  }
}

const listEvents = (frames: readonly SseFrame[]) => frames.flatMap(({ data }) => data.last_event ?? []);

describe('nodes that share a database', () => {
  it('send each event of any node to all streams, once and in order, also after a resume on another node', async (test) => {
    const { evalon, proxies, recruiters } = await startNodes(test, 3);
    const { session_uuid } = (await recruiters[0].invite()).body;
    const { cursor } = (await recruiters[1].query(JANE_ROW)).body;
    const streams = await Promise.all(recruiters.map((recruiter) => recruiter.openStream([JANE_ROW], cursor)));
    await sendEvents(evalon, proxies, session_uuid, 0, 6);
    const isLast = ({ data }: SseFrame) => data.last_event === 'session.seen_5';
    for (const stream of streams) {
      await stream.waitForFrame(isLast);
      stream.close();
    }
    await sendEvents(evalon, proxies, session_uuid, 6, 12);
    for (const [n, stream] of streams.entries()) {
      const onOtherNode = recruiters[(n + 1) % recruiters.length] as RecruiterClient;
      const resumed = await onOtherNode.openStream([JANE_ROW], stream.frames.at(-1)?.id);
      await resumed.waitForFrame(({ data }) => data.last_event === 'session.seen_11');
      resumed.close();
      assert.deepEqual(
        listEvents([...stream.frames, ...resumed.frames]),
        Array.from({ length: 12 }, (_, event) => `session.seen_${event}`),
      );
    }
  });

  it('create one session for a candidate who is invited on all of them at once', async (test) => {
    const { evalon, recruiters } = await startNodes(test, 3);
    const invites = await Promise.all(recruiters.map((recruiter) => recruiter.invite()));
    assert.equal(new Set(invites.map(({ body }) => body.session_uuid)).size, 1);
    assert.equal(evalon.sessionCount, 1);
    const { body } = await recruiters[1].list({});
    assert.equal(body.sessions.length, 1);
  });

  it('remove an erased candidate from the open pages of all nodes', async (test) => {
    const { proxies, recruiters } = await startNodes(test, 2);
    const { session_uuid } = (await recruiters[0].invite()).body;
    await recruiters[0].invite({ candidate_email: 'ben@example.com', candidate_name: 'Ben' });
    const { cursor } = (await recruiters[1].query(JANE_ROW)).body;
    const pageStream = await recruiters[1].openStream([JANE_ROW], cursor);
    const listStream = await recruiters[1].openFilterStream({}, cursor);
    const erased = await fetch(`${proxies[0]?.url}/admin/erase`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(JANE_ROW),
    });
    assert.equal(erased.status, 200);
    for (const stream of [pageStream, listStream]) {
      const { data } = await stream.waitForFrame(({ event }) => event === 'gone');
      assert.deepEqual(data, { session_uuid });
      stream.close();
    }
    await waitFor(async () => (await recruiters[1].get(`/v1/sessions/${session_uuid}`)).status === 404);
  });

  it('finish a batch after the node that received it has stopped', async (test) => {
    const { proxies, recruiters } = await startNodes(test, 2);
    const candidates = Array.from({ length: 30 }, (_, n) => ({
      candidate_email: `person-${n}@example.com`,
      candidate_name: `Person ${n}`,
    }));
    const { project_id, assessment_type } = JANE;
    const { body } = await recruiters[0].post('/v1/batches', { project_id, assessment_type, candidates });
    await proxies[0]?.close();
    const batch = await waitFor(async () => {
      const { body: progress } = await recruiters[1].get(`/v1/batches/${body.batch_id}`);
      return progress.counts.queued === 0 && progress;
    });
    assert.equal(batch.counts.invited + batch.counts.existing, 30);
  });
});
