/** A proxy whose database is on a disk that a test can fill. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createRecruiterClient, JANE } from './api-client.ts';
import { startEvalon, type TestEvalon } from './evalon.ts';
import { waitFor } from './eventually.ts';
import { startTinyDisk, type TinyDisk } from './full-disk.ts';
import { buildProxySettings, type ProxyProcess, startProxyProcess, webhookUrl } from './proxy.ts';

export const JANE_ROW = { candidate_email: JANE.candidate_email, project_id: JANE.project_id };
export const START_TIMEOUT_MS = 60_000;
/** After this many refusals in a row, the test treats the disk as full. */
const REFUSALS_WHEN_FULL = 30;
const MAX_WEBHOOKS = 3_000;

export interface TinyDiskStack {
  disk: TinyDisk;
  evalon: TestEvalon;
  start(): Promise<ProxyProcess>;
}

/** @param size in tmpfs's format, such as `3m`. */
export async function startTinyDiskStack(test: TestContext, size: string): Promise<TinyDiskStack> {
  const disk = await startTinyDisk(test, size);
  const evalon = await startEvalon();
  test.after(() => evalon.close());
  const settings = buildProxySettings(evalon, { DATABASE_URL: `file:${disk.mountPath}/evalon.db` });
  async function start(): Promise<ProxyProcess> {
    const proxy = await startProxyProcess(settings, {
      commandPrefix: disk.commandPrefix,
      startTimeoutMs: START_TIMEOUT_MS,
    });
    test.after(() => proxy.kill('SIGKILL'));
    return proxy;
  }
  return { disk, evalon, start };
}

/** Sends webhooks with unique events, and records which of them the proxy acknowledges and which it refuses. */
export function createWebhookSender(proxyUrl: string, session_uuid: string) {
  const acknowledged: string[] = [];
  const refused: string[] = [];
  async function send(event: string): Promise<number> {
    const body = JSON.stringify({ event, session_uuid });
    const response = await fetch(webhookUrl(proxyUrl), { method: 'POST', body });
    (response.status === 202 ? acknowledged : refused).push(event);
    if (response.status === 202) return 202;
    assert.equal(response.status, 503);
    assert.ok(Number(response.headers.get('retry-after')) > 0);
    assert.equal(((await response.json()) as { code: string }).code, 'unavailable');
    return 503;
  }
  let sentCount = 0;
  const sendNext = () => send(`session.seen_${++sentCount}`);
  return { acknowledged, refused, send, sendNext };
}

/**
 * Sends webhooks until the full disk makes the proxy refuse them, and again after the disk has free space. Asserts that
 * a stream shows each acknowledged webhook exactly once.
 * @param webhooksBefore how many webhooks the proxy stores before the disk is full.
 */
export async function assertWebhooksSurviveFullDisk(
  { url }: ProxyProcess,
  disk: TinyDisk,
  webhooksBefore: number,
): Promise<void> {
  const recruiter = await createRecruiterClient(url);
  const { session_uuid } = (await recruiter.invite()).body;
  const { cursor } = (await recruiter.query(JANE_ROW)).body;
  const { acknowledged, refused, send, sendNext } = createWebhookSender(url, session_uuid);
  for (let n = 0; n < webhooksBefore; n++) assert.equal(await sendNext(), 202);
  disk.fill();
  for (let refusedInARow = 0, sent = 0; refusedInARow < REFUSALS_WHEN_FULL && sent < MAX_WEBHOOKS; sent++)
    refusedInARow = (await sendNext()) === 503 ? refusedInARow + 1 : 0;
  assert.ok(refused.length >= REFUSALS_WHEN_FULL);

  disk.release();
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok);
  for (const event of refused.splice(0)) assert.equal(await send(event), 202);
  const stream = await recruiter.openStream([JANE_ROW], cursor);
  const listEvents = () => stream.frames.map(({ data }) => data.last_event).sort();
  await waitFor(() => listEvents().length >= acknowledged.length);
  assert.deepEqual(listEvents(), acknowledged.sort());
  stream.close();
}
