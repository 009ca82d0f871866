/** Checks large batches: they do not block other requests, and they survive kills of the proxy. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createRecruiterClient, type RecruiterClient } from './api-client.ts';
import {
  BATCH_TIMEOUT_MS,
  buildBatchRequest,
  createBatch,
  getBatch,
  PROJECT_ID,
  waitForBatch,
  ZERO_COUNTS,
} from './batches.ts';
import { startEvalon } from './evalon.ts';
import { waitFor } from './eventually.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from './proxy.ts';
import { toDatabaseUrl } from './test-database.ts';

/** A large batch is cancelled when this many of its rows are invited. */
const INVITED_BEFORE_CANCEL = 500;

/** @param rowCount more than `INVITED_BEFORE_CANCEL`. */
export async function assertLargeBatchDoesNotBlock(recruiter: RecruiterClient, rowCount: number): Promise<void> {
  const id = await createBatch(recruiter, buildBatchRequest(rowCount));
  assert.equal((await recruiter.invite()).status, 201);
  const countInvited = async () => (await recruiter.get('/v1/batches')).body.batches[0].counts.invited;
  await waitFor(async () => (await countInvited()) >= INVITED_BEFORE_CANCEL, { timeoutMs: BATCH_TIMEOUT_MS });
  await recruiter.post(`/v1/batches/${id}/cancel`, {});
  const batch = await waitForBatch(recruiter, id);
  assert.deepEqual([batch.total, batch.counts.invited + batch.counts.cancelled], [rowCount, rowCount]);
  assert.equal(new Set(batch.rows.map(({ candidate_email }) => candidate_email)).size, rowCount);
}

interface KilledBatch {
  rowCount: number;
  /** The proxy is killed each time Evalon has received one of these numbers of calls. */
  callsBeforeKills: readonly number[];
}

export async function assertBatchSurvivesKills(test: TestContext, { rowCount, callsBeforeKills }: KilledBatch) {
  const { folder, remove } = createTempFolder();
  const evalon = await startEvalon();
  const settings = buildProxySettings(evalon, { DATABASE_URL: await toDatabaseUrl(`${folder}/evalon.db`) });
  let proxy = await startProxyProcess(settings);
  test.after(async () => {
    await proxy.kill('SIGKILL');
    await evalon.close();
    remove();
  });
  const headers = { 'idempotency-key': 'once' };
  const id = await createBatch(await createRecruiterClient(proxy.url), buildBatchRequest(rowCount), headers);
  for (const calls of callsBeforeKills) {
    await evalon.waitForRequests(calls, 'batch');
    await proxy.kill('SIGKILL');
    proxy = await startProxyProcess(settings);
  }
  const recruiter = await createRecruiterClient(proxy.url);
  assert.equal(await createBatch(recruiter, buildBatchRequest(rowCount), headers), id);
  const batch = await waitForBatch(recruiter, id, 3 * BATCH_TIMEOUT_MS);
  assert.deepEqual(batch.counts, { ...ZERO_COUNTS, invited: rowCount });
  const sessions = new Set(batch.rows.map((row) => evalon.findSession(row.candidate_email, PROJECT_ID)?.session_uuid));
  assert.deepEqual(new Set(batch.rows.map(({ session_uuid }) => session_uuid)), sessions);
  assert.equal(sessions.size, rowCount);
  assert.equal((await getBatch(recruiter, id)).total, rowCount);
}
