/** The proxy on a disk that is really full, its write-ahead log included; skipped where none can be made. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createRecruiterClient, JANE } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch, waitForBatch } from '../../support/batches.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { startTinyDisk, TINY_DISK_SKIP_REASON } from '../../support/full-disk.ts';
import {
  buildProxySettings,
  findFreePort,
  type ProxyProcess,
  spawnProxyProcess,
  startProxyProcess,
  webhookUrl,
} from '../../support/proxy.ts';

const ROW = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };
/** Milliseconds until a process has to serve. */
const LIMIT = 60_000;
const OTHER = { ...JANE, candidate_email: 'other@example.com', candidate_name: 'Other' };

async function onTinyDisk(test: TestContext, size: string) {
  const disk = await startTinyDisk(test, size);
  const evalon = await startEvalon();
  test.after(() => evalon.close());
  const settings = buildProxySettings(evalon, { DATABASE_URL: `file:${disk.mountPath}/evalon.db` });
  async function start(): Promise<ProxyProcess> {
    const proxy = await startProxyProcess(settings, { inside: disk.commandPrefix, limit: LIMIT });
    test.after(() => proxy.kill('SIGKILL'));
    return proxy;
  }
  return { disk, evalon, start };
}

/** Sends webhooks that each change a session, under names of their own, and keeps what came of them. */
function courier(proxyUrl: string, session_uuid: string) {
  const acknowledged: string[] = [];
  const refused: string[] = [];
  async function send(event: string): Promise<number> {
    const body = JSON.stringify({ event, session_uuid });
    const answer = await fetch(webhookUrl(proxyUrl), { method: 'POST', body });
    (answer.status === 202 ? acknowledged : refused).push(event);
    if (answer.status === 202) return 202;
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.equal(((await answer.json()) as { code: string }).code, 'unavailable');
    return 503;
  }
  let sent = 0;
  const next = () => send(`session.seen_${++sent}`);
  return { acknowledged, refused, send, next };
}

const SIZES: [what: string, size: string, before: number][] = [
  ['as long as the write-ahead log has never been written back', '8m', 10],
  ['and where the write-ahead log begins anew in the room that it has', '20m', 500],
];

describe('while the disk is full', { skip: TINY_DISK_SKIP_REASON }, () => {
  for (const [what, size, before] of SIZES) {
    it(`only what is stored is acknowledged, and afterwards all of it is applied once, ${what}`, async (test) => {
      const { disk, start } = await onTinyDisk(test, size);
      const proxy = await start();
      const page = await createRecruiterClient(proxy.url);
      const { session_uuid } = (await page.invite()).body;
      const { cursor } = (await page.query(ROW)).body;
      const { acknowledged, refused, send, next } = courier(proxy.url, session_uuid);
      for (let n = 0; n < before; n++) assert.equal(await next(), 202);
      disk.fill();
      for (let inARow = 0, sent = 0; inARow < 30 && sent < 3_000; sent++)
        inARow = (await next()) === 503 ? inARow + 1 : 0;
      assert.ok(refused.length >= 30);

      disk.release();
      await waitFor(async () => (await fetch(`${proxy.url}/readyz`)).ok);
      for (const event of refused.splice(0)) assert.equal(await send(event), 202);
      const stream = await page.openStream([ROW], cursor);
      const seen = () => stream.frames.map(({ data }) => data.last_event).sort();
      await waitFor(() => seen().length >= acknowledged.length);
      assert.deepEqual(seen(), acknowledged.sort());
      stream.close();
    });
  }

  it('invites and batches are refused before Evalon is asked, and can be repeated when there is room again', async (test) => {
    const { disk, evalon, start } = await onTinyDisk(test, '8m');
    const proxy = await start();
    const page = await createRecruiterClient(proxy.url);
    const ready = async () => (await fetch(`${proxy.url}/readyz`)).status;
    assert.equal(await ready(), 200);
    disk.fill();
    for (const { status, body, headers } of [
      await page.invite(),
      await page.post('/v1/batches', buildBatchRequest(3)),
    ]) {
      assert.deepEqual([status, body.code], [503, 'unavailable']);
      assert.ok(Number(headers.get('retry-after')) > 0);
    }
    assert.equal(await ready(), 503);
    assert.equal(evalon.requests.length, 0);
    disk.release();
    await waitFor(async () => (await ready()) === 200);
    assert.equal((await page.invite()).status, 201);
    assert.equal((await waitForBatch(page, await createBatch(page, buildBatchRequest(3)))).counts.invited, 3);
  });

  it('what can be read without writing is read, and a stream stays open', async (test) => {
    const { disk, start } = await onTinyDisk(test, '8m');
    const proxy = await start();
    const page = await createRecruiterClient(proxy.url);
    const { session_uuid } = (await page.invite()).body;
    await page.query(ROW);
    const stream = await page.openStream([ROW]);
    disk.fill();
    assert.equal((await page.invite(OTHER)).status, 503);
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    assert.equal((await page.get('/v1/config')).status, 200);
    assert.equal((await page.query(ROW)).body.sessions.length, 1);
    assert.equal((await page.get(`/v1/sessions/${session_uuid}`)).status, 200);
    disk.release();
    assert.equal(await courier(proxy.url, session_uuid).send('session.opened'), 202);
    await stream.waitForFrame(({ data }) => data.status === 'opened');
    stream.close();
  });

  it('a start that finds no room says so and exits with 75, and the next one with room has everything', async (test) => {
    const { disk, start } = await onTinyDisk(test, '8m');
    const proxy = await start();
    await (await createRecruiterClient(proxy.url)).invite();
    await proxy.kill('SIGKILL');
    rmSync(join(disk.hostPath, 'evalon.db-shm'));
    disk.fill();
    await assert.rejects(start(), /it ended with 75: The proxy cannot start right now/);
    disk.release();
    const again = await createRecruiterClient((await start()).url);
    assert.equal((await again.query(ROW)).body.sessions.length, 1);
  });
});

describe('a log that cannot be written', { skip: process.platform !== 'linux' && 'there is no /dev/full' }, () => {
  it('keeps nobody from being served', async (test) => {
    const evalon = await startEvalon();
    test.after(() => evalon.close());
    const PORT = String(await findFreePort());
    const url = `http://127.0.0.1:${PORT}`;
    const inFull = ['sh', '-c', 'exec "$@" >/dev/full 2>&1', 'sh'];
    const { kill } = spawnProxyProcess(buildProxySettings(evalon, { PORT, LOG_LEVEL: 'trace' }), inFull);
    test.after(() => kill('SIGKILL'));
    const page = await createRecruiterClient(url);
    await waitFor(async () => (await fetch(`${url}/healthz`)).ok, { deadline: LIMIT });
    for (let n = 0; n < 50; n++) assert.equal((await page.get(`/v1/sessions/unknown-${n}`)).status, 404);
    assert.equal((await page.invite()).status, 201);
  });
});
