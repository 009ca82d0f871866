/**
 * Tells streams how batches get on: what changed since the last frame, folded so that a batch costs its readers a few
 * frames a second however fast it is worked off. What is not told yet is remembered in the store.
 */

import type { BatchFrame, BatchProgress, BatchRow } from '../contract/batch.ts';
import { candidateKey } from '../contract/candidate.ts';
import { isDead } from '../contract/status.ts';
import { startWorker, type Worker } from '../jobs/job-loop.ts';
import type { RowWithSession } from '../store/batches.ts';
import { batchTopic } from '../store/events.ts';
import type { StoredBatch } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

/** Milliseconds between two frames of a batch. */
const EVERY = 250;
/** Rows of one frame. */
const MOST_ROWS = 500;

/** A row as the contract tells it, with the candidate's link; whoever may not invite gets it without. */
export function rowOf(row: RowWithSession): BatchRow {
  const isMine = row.status === 'invited' || row.status === 'existing';
  const isAlive = row.session_status !== null && !isDead(row.session_status);
  return {
    candidate_email: row.candidate_email,
    candidate_name: row.candidate_name,
    status: row.status,
    ...(row.session_uuid !== null && { session_uuid: row.session_uuid }),
    ...(isMine && isAlive && row.candidate_url !== null && { candidate_url: row.candidate_url }),
    ...(row.reason !== null && { reason: row.reason }),
  };
}

export async function progressOf({ batches }: Queries, batch_id: string): Promise<BatchProgress> {
  const counts = await batches.counts(batch_id);
  return { batch_id, total: Object.values(counts).reduce((sum, count) => sum + count, 0), counts };
}

async function appendProgress(queries: Queries, batch: StoredBatch, rows: BatchRow[]): Promise<void> {
  const frame: BatchFrame = { ...(await progressOf(queries, batch.batch_id)), rows };
  const about = { session_uuid: '', candidate_key: batchTopic(batch.batch_id), project_id: batch.project_id };
  await queries.events.append({ ...about, data: JSON.stringify(frame) });
}

/** Takes a person out of all batches and of what the log holds of them, and answers how many rows that was. */
export async function eraseFromBatches(queries: Queries, erasedKey: string): Promise<number> {
  const { rows, batches } = await queries.batches.erase(erasedKey);
  for (const batch of batches) {
    await queries.events.rewrite(batch.batch_id, (data) => {
      const frame = JSON.parse(data) as BatchFrame;
      const left = frame.rows.filter(({ candidate_email }) => candidateKey(candidate_email) !== erasedKey);
      return left.length === frame.rows.length ? data : JSON.stringify({ ...frame, rows: left });
    });
    await appendProgress(queries, batch, []);
  }
  return rows;
}

export function startProgress({ store, clock, log }: { store: Store; clock: Clock; log: Log }): Worker {
  let notBefore = 0;

  async function round(): Promise<number | undefined> {
    const wait = notBefore - clock.now();
    if (wait > 0) return wait;
    const waiting = await store.read(({ batches }) => batches.untold());
    if (!waiting.length) return undefined;
    notBefore = clock.now() + EVERY;
    for (const batch of waiting) {
      await store.write(async (queries) => {
        const rows = await queries.batches.untoldRows(batch.batch_id, MOST_ROWS);
        if (!rows.length) return;
        await appendProgress(queries, batch, rows.map(rowOf));
        await queries.batches.tell(rows.map(({ id }) => id));
      });
    }
    return EVERY;
  }
  return startWorker({ store, clock, log, name: 'progress', tables: ['batches', 'batch_rows'], round });
}
