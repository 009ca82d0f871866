/** What the proxy does while another process holds the database's write lock. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { JANE } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { lockDatabase } from '../../support/db-lock.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import {
  buildProxySettings,
  createTempFolder,
  startProxy,
  startProxyProcess,
  webhookUrl,
} from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const JANE_QUERY = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };

async function startOnDisk(test: TestContext) {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  const file = `${folder}/evalon.db`;
  return { file, ...(await startStack(test, { settings: { DATABASE_URL: `file:${file}` } })) };
}

describe('while another process holds the write lock', () => {
  it('the proxy refuses webhooks, and afterwards applies every acknowledged webhook once', async (test) => {
    const { file, proxy, recruiter } = await startOnDisk(test);
    const { session_uuid } = (await recruiter.invite()).body;
    const { cursor } = (await recruiter.query(JANE_QUERY)).body;
    const acknowledged: string[] = [];
    const refused: string[] = [];
    async function send(event: string): Promise<void> {
      const body = JSON.stringify({ event, session_uuid });
      const response = await fetch(webhookUrl(proxy.url), { method: 'POST', body });
      (response.status === 202 ? acknowledged : refused).push(event);
      if (response.status === 202) return;
      assert.equal(response.status, 503);
      assert.ok(Number(response.headers.get('retry-after')) > 0);
      assert.equal(((await response.json()) as { code: string }).code, 'unavailable');
    }
    const buildEventNames = (phase: string) => Array.from({ length: 10 }, (_, n) => `session.${phase}_${n}`);
    await Promise.all(buildEventNames('before').map(send));
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    await Promise.all(buildEventNames('during').map(send));
    assert.deepEqual([acknowledged.length, refused.length], [10, 10]);
    await release();
    await Promise.all([...refused.splice(0), ...buildEventNames('after')].map(send));
    assert.deepEqual([acknowledged.length, refused.length], [30, 0]);

    const stream = await recruiter.openStream([JANE_QUERY], cursor);
    const listEvents = () => stream.frames.map(({ data }) => data.last_event).sort();
    await waitFor(() => listEvents().length >= acknowledged.length);
    assert.deepEqual(listEvents(), acknowledged.sort());
    stream.close();
  });

  it('a webhook waits for the lock, and is stored if the other process soon releases it', async (test) => {
    const { file, proxy, recruiter } = await startOnDisk(test);
    const { session_uuid } = (await recruiter.invite()).body;
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    const body = JSON.stringify({ event: 'session.opened', session_uuid });
    const sent = fetch(webhookUrl(proxy.url), { method: 'POST', body });
    await release();
    assert.equal((await sent).status, 202);
  });

  it('reads succeed at once while writes wait for the lock', async (test) => {
    const { file, proxy, recruiter } = await startOnDisk(test);
    const { session_uuid } = (await recruiter.invite()).body;
    // The first query writes to the audit log that the recruiter has seen Jane. A repeated query writes nothing.
    await recruiter.query(JANE_QUERY);
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    const order: string[] = [];
    const invites = Array.from({ length: 30 }, async (_, n) => {
      const { status } = await recruiter.invite({ candidate_email: `person-${n}@example.com` });
      assert.equal(status, 503);
      order.push('invite');
    });
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    assert.equal((await recruiter.query(JANE_QUERY)).body.sessions.length, 1);
    assert.equal((await recruiter.get(`/v1/sessions/${session_uuid}`)).status, 200);
    order.push('read');
    await Promise.all(invites);
    assert.equal(order[0], 'read');
    await release();
  });

  it('the proxy is not ready and refuses invites and batches, and recovers once the lock is released', async (test) => {
    const { file, evalon, proxy, recruiter } = await startOnDisk(test);
    const readReadiness = async () => (await fetch(`${proxy.url}/readyz`)).status;
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    for (const { status, body, headers } of await Promise.all([
      recruiter.invite(),
      recruiter.post('/v1/batches', buildBatchRequest(3)),
    ])) {
      assert.deepEqual([status, body.code], [503, 'unavailable']);
      assert.ok(Number(headers.get('retry-after')) > 0);
    }
    assert.equal(await readReadiness(), 503);
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    assert.equal(evalon.requests.length, 0);
    await release();
    assert.equal(await readReadiness(), 200);
    assert.equal((await recruiter.invite()).status, 201);
    assert.equal((await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(3)))).counts.invited, 3);
  });

  it('a start fails with a message and exit code 75', async (test) => {
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    test.after(async () => {
      await evalon.close();
      remove();
    });
    const changes = { DATABASE_URL: `file:${folder}/evalon.db` };
    await (await startProxy(evalon, changes)).close();
    const release = await lockDatabase(test, `${folder}/evalon.db`, 'BEGIN EXCLUSIVE');
    const starting = startProxyProcess(buildProxySettings(evalon, changes), { startTimeoutMs: 60_000 });
    await assert.rejects(starting, /the proxy exited with 75: The proxy cannot start right now/);
    await release();
    await (await startProxy(evalon, changes)).close();
  });
});
