/** The proxy while the disk with its database is full, and while its log cannot be written. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { findFreePort } from '../../support/free-port.ts';
import { TINY_DISK_SKIP_REASON } from '../../support/full-disk.ts';
import { buildProxySettings, spawnProxyProcess } from '../../support/proxy.ts';
import {
  assertWebhooksSurviveFullDisk,
  createWebhookSender,
  JANE_ROW,
  START_TIMEOUT_MS,
  startTinyDiskStack,
} from '../../support/tiny-disk-stack.ts';

/** In the format of tmpfs. */
const DISK_SIZE = '8m';
/** Webhooks that the proxy stores before the disk is full. */
const WEBHOOKS_BEFORE = 10;
const OTHER_CANDIDATE = { ...JANE, candidate_email: 'other@example.com', candidate_name: 'Other' };

describe('while the disk is full', { skip: TINY_DISK_SKIP_REASON }, () => {
  it('the proxy refuses writes, serves reads and loses nothing', async (test) => {
    const { disk, evalon, start } = await startTinyDiskStack(test, DISK_SIZE);
    const proxy = await start();
    const recruiter = await createRecruiterClient(proxy.url);
    const readReadiness = async () => (await fetch(`${proxy.url}/readyz`)).status;

    await test.test('invites and batches fail before a call to Evalon, and succeed once space is free', async () => {
      assert.equal(await readReadiness(), 200);
      disk.fill();
      for (const { status, body, headers } of [
        await recruiter.invite(),
        await recruiter.post('/v1/batches', buildBatchRequest(3)),
      ]) {
        assert.deepEqual([status, body.code], [503, 'unavailable']);
        assert.ok(Number(headers.get('retry-after')) > 0);
      }
      assert.equal(await readReadiness(), 503);
      assert.equal(evalon.requests.length, 0);
      disk.release();
      await waitFor(async () => (await readReadiness()) === 200);
      assert.equal((await recruiter.invite()).status, 201);
      assert.equal(
        (await waitForBatch(recruiter, await createBatch(recruiter, buildBatchRequest(3)))).counts.invited,
        3,
      );
    });

    await test.test('reads that write nothing succeed, and a stream stays open', async () => {
      const { session_uuid } = (await recruiter.invite()).body;
      // The first query writes to the audit log that the recruiter has seen Jane. A repeated query writes nothing.
      await recruiter.query(JANE_ROW);
      const stream = await recruiter.openStream([JANE_ROW]);
      disk.fill();
      assert.equal((await recruiter.invite(OTHER_CANDIDATE)).status, 503);
      assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
      assert.equal((await recruiter.get('/v1/config')).status, 200);
      assert.equal((await recruiter.query(JANE_ROW)).body.sessions.length, 1);
      assert.equal((await recruiter.get(`/v1/sessions/${session_uuid}`)).status, 200);
      disk.release();
      assert.equal(await createWebhookSender(proxy.url, session_uuid).send('session.opened'), 202);
      await stream.waitForFrame(({ data }) => data.status === 'opened');
      stream.close();
    });

    await test.test('a webhook is acknowledged only if it is stored, and is applied once', () =>
      assertWebhooksSurviveFullDisk(proxy, disk, WEBHOOKS_BEFORE),
    );

    await test.test('a start fails with a message and exit code 75, and the next start has all data', async () => {
      await proxy.kill('SIGKILL');
      // The next start needs space to create this file again.
      rmSync(join(disk.hostPath, 'evalon.db-shm'));
      disk.fill();
      await assert.rejects(start(), /the proxy exited with 75: The proxy cannot start right now/);
      disk.release();
      const laterRecruiter = await createRecruiterClient((await start()).url);
      assert.equal((await laterRecruiter.query(JANE_ROW)).body.sessions.length, 1);
    });
  });
});

describe('a log that cannot be written', { skip: process.platform !== 'linux' && 'there is no /dev/full' }, () => {
  it('does not stop the proxy from serving', async (test) => {
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const PORT = String(await findFreePort());
    const url = `http://127.0.0.1:${PORT}`;
    // /dev/full refuses every write, like a full disk.
    const intoFullDevice = ['sh', '-c', 'exec "$@" >/dev/full 2>&1', 'sh'];
    const { kill } = spawnProxyProcess(buildProxySettings(evalon, { PORT, LOG_LEVEL: 'trace' }), intoFullDevice);
    test.after(() => kill('SIGKILL'));
    const recruiter = await createRecruiterClient(url);
    await waitFor(async () => (await fetch(`${url}/healthz`)).ok, { timeoutMs: START_TIMEOUT_MS });
    // Each refused request is logged.
    for (let n = 0; n < 50; n++) assert.equal((await recruiter.get(`/v1/sessions/unknown-${n}`)).status, 404);
    assert.equal((await recruiter.invite()).status, 201);
  });
});
