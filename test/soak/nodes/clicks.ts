/**
 * Measures how long a recruiter's click on Invite takes at one node, with and without a batch of 5,000 rows that
 * another node works on. Runs at Evalon's rate limit and at ten times that limit.
 */
import { setTimeout } from 'node:timers/promises';
import { createRecruiterClient, type RecruiterClient } from '../../support/api-client.ts';
import { buildBatchRequest, createBatch } from '../../support/batches.ts';
import { startEvalon } from '../../support/evalon.ts';
import { startNodes } from '../../support/nodes/nodes.ts';
import { startPostgresServer } from '../../support/postgres-server.ts';
import type { SoakResult } from '../soak-result.ts';

const ROWS = 5_000;
/** The highest acceptable ratio of the p95 with the batch to the p95 without it. */
const MAX_RATIO = 1.5;

interface Load {
  ratePerMinute: number;
  /** The number of clicks while the batch runs. As many clicks run without it: half before it, and half after it. */
  clicks: number;
}

const LOADS: readonly Load[] = [
  { ratePerMinute: 100, clicks: 60 },
  { ratePerMinute: 1_000, clicks: 300 },
];
/** The share of the rate limit that the clicks use. The batch leaves a fifth of the limit for clicks. */
const CLICK_SHARE = 0.18;

export async function soakNodesClicks(): Promise<SoakResult[]> {
  const results: SoakResult[] = [];
  for (const load of LOADS) {
    const measured = await measureLoad(load);
    results.push(...measured.map(({ what, ...result }) => ({ what: `${load.ratePerMinute}/min: ${what}`, ...result })));
  }
  return results;
}

async function measureLoad({ ratePerMinute, clicks }: Load): Promise<SoakResult[]> {
  const postgres = await startPostgresServer();
  const { url: databaseUrl } = await postgres.createDatabase();
  const evalon = await startEvalon();
  const settings = { EVALON_RATE_PER_MINUTE: String(ratePerMinute), EVALON_BATCH_PATH: 'off' };
  const nodes = await startNodes(evalon, { size: 2, databaseUrl, settings });
  try {
    // The first node runs the background jobs, so it also works on the batch.
    const [batchRecruiter, clickingRecruiter] = await Promise.all(nodes.urls.map((url) => createRecruiterClient(url)));
    if (!clickingRecruiter || !batchRecruiter) throw new Error('two nodes are needed');
    const intervalMs = 60_000 / (ratePerMinute * CLICK_SHARE);
    const measure = (name: string, count: number) => measureClicks(clickingRecruiter, { name, count, intervalMs });
    await measure('warm-up', clicks / 10);
    const before = await measure('before', clicks / 2);
    const batchId = await createBatch(batchRecruiter, buildBatchRequest(ROWS));
    const during = await measure('during', clicks);
    const { counts } = (await batchRecruiter.get(`/v1/batches/${batchId}`)).body;
    await batchRecruiter.post(`/v1/batches/${batchId}/cancel`, {});
    const after = await measure('after', clicks / 2);
    const withoutBatch = [...before, ...after];
    const ratio = quantile(during, 0.95) / quantile(withoutBatch, 0.95);
    return [
      { what: 'click to response without a batch, median', value: quantile(withoutBatch, 0.5), unit: 'ms' },
      { what: 'click to response without a batch, p95', value: quantile(withoutBatch, 0.95), unit: 'ms' },
      { what: `click to response with a batch of ${ROWS}, median`, value: quantile(during, 0.5), unit: 'ms' },
      { what: `click to response with a batch of ${ROWS}, p95`, value: quantile(during, 0.95), unit: 'ms' },
      {
        what: 'batch rows that still wait after the last click',
        value: counts.queued,
        unit: '',
        holds: counts.queued > 0,
      },
      { what: 'p95 with the batch, relative to p95 without it', value: ratio, unit: 'x', holds: ratio <= MAX_RATIO },
    ];
  } finally {
    await nodes.close();
    await evalon.close();
    await postgres.remove();
  }
}

async function measureClicks(
  recruiter: RecruiterClient,
  { name, count, intervalMs }: { name: string; count: number; intervalMs: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const start = performance.now();
    const { status } = await recruiter.invite({ candidate_email: `${name}-${n}@example.com` });
    if (status !== 201) throw new Error(`a click returned ${status}`);
    const ms = performance.now() - start;
    times.push(ms);
    await setTimeout(Math.max(intervalMs - ms, 0));
  }
  return times;
}

function quantile(values: readonly number[], fraction: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * fraction)] ?? Number.NaN;
}
