/** Another process holds the database's write lock, for longer than anybody waits. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { lockDatabase } from '../../support/db-lock.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, createTempFolder, startProxyProcess, webhookUrl } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

const ROW = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };

async function houseOnDisk(test: TestContext) {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  const file = `${folder}/evalon.db`;
  return { file, ...(await startStack(test, { settings: { DATABASE_URL: `file:${file}` } })) };
}

describe('while another process holds the write lock', () => {
  for (const begin of ['BEGIN IMMEDIATE', 'BEGIN EXCLUSIVE']) {
    it(`webhooks are refused, and afterwards every acknowledged one is applied once (${begin})`, async (test) => {
      const { file, proxy, page } = await houseOnDisk(test);
      const { session_uuid } = (await page.invite()).body;
      const { cursor } = (await page.query(ROW)).body;
      const acknowledged: string[] = [];
      const refused: string[] = [];
      async function send(event: string): Promise<void> {
        const body = JSON.stringify({ event, session_uuid });
        const answer = await fetch(webhookUrl(proxy.url), { method: 'POST', body });
        (answer.status === 202 ? acknowledged : refused).push(event);
        if (answer.status === 202) return;
        assert.equal(answer.status, 503);
        assert.ok(Number(answer.headers.get('retry-after')) > 0);
        assert.equal(((await answer.json()) as { code: string }).code, 'unavailable');
      }
      const names = (what: string) => Array.from({ length: 10 }, (_, n) => `session.${what}_${n}`);
      await Promise.all(names('before').map(send));
      const release = await lockDatabase(test, file, begin);
      await Promise.all(names('during').map(send));
      assert.deepEqual([acknowledged.length, refused.length], [10, 10]);
      await release();
      await Promise.all([...refused.splice(0), ...names('after')].map(send));
      assert.deepEqual([acknowledged.length, refused.length], [30, 0]);

      const stream = await page.openStream([ROW], cursor);
      const seen = () => stream.frames.map(({ data }) => data.last_event).sort();
      await waitFor(() => seen().length >= acknowledged.length);
      assert.deepEqual(seen(), acknowledged.sort());
      stream.close();
    });
  }

  it('a webhook that came before it was let go is stored, if that is soon', async (test) => {
    const { file, proxy, page } = await houseOnDisk(test);
    const { session_uuid } = (await page.invite()).body;
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    const body = JSON.stringify({ event: 'session.opened', session_uuid });
    const sent = fetch(webhookUrl(proxy.url), { method: 'POST', body });
    await release();
    assert.equal((await sent).status, 202);
  });

  it('nobody stands still: reads are answered before the writes that wait are refused', async (test) => {
    const { file, proxy, page } = await houseOnDisk(test);
    const { session_uuid } = (await page.invite()).body;
    await page.query(ROW);
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    const order: string[] = [];
    const invites = Array.from({ length: 30 }, async (_, n) => {
      const { status } = await page.invite({ candidate_email: `person-${n}@example.com` });
      assert.equal(status, 503);
      order.push('invite');
    });
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    assert.equal((await page.query(ROW)).body.sessions.length, 1);
    assert.equal((await page.get(`/v1/sessions/${session_uuid}`)).status, 200);
    order.push('read');
    await Promise.all(invites);
    assert.equal(order[0], 'read');
    await release();
  });

  it('/readyz says so, invites and batches are refused, and all is well when it is let go', async (test) => {
    const { file, evalon, proxy, page } = await houseOnDisk(test);
    const ready = async () => (await fetch(`${proxy.url}/readyz`)).status;
    const release = await lockDatabase(test, file, 'BEGIN IMMEDIATE');
    for (const { status, body, headers } of await Promise.all([
      page.invite(),
      page.post('/v1/batches', buildBatchRequest(3)),
    ])) {
      assert.deepEqual([status, body.code], [503, 'unavailable']);
      assert.ok(Number(headers.get('retry-after')) > 0);
    }
    assert.equal(await ready(), 503);
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    assert.equal(evalon.requests.length, 0);
    await release();
    assert.equal(await ready(), 200);
    assert.equal((await page.invite()).status, 201);
    assert.equal((await waitForBatch(page, await createBatch(page, buildBatchRequest(3)))).counts.invited, 3);
  });

  it('a start says so and exits with 75', async (test) => {
    const { folder, remove } = createTempFolder();
    const evalon = await startEvalon();
    test.after(async () => {
      await evalon.close();
      remove();
    });
    const settings = buildProxySettings(evalon, { DATABASE_URL: `file:${folder}/evalon.db` });
    const limit = 60_000;
    const proxy = await startProxyProcess(settings, { limit });
    await (await createRecruiterClient(proxy.url)).invite();
    await proxy.kill();
    const release = await lockDatabase(test, `${folder}/evalon.db`, 'BEGIN EXCLUSIVE');
    await assert.rejects(startProxyProcess(settings, { limit }), /it ended with 75: The proxy cannot start right now/);
    await release();
    await (await startProxyProcess(settings, { limit })).kill();
  });
});
