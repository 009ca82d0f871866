/**
 * Publishes the progress of batches as events. Groups changes, so that a stream gets at most four frames a second for
 * each batch. The store marks the rows whose changes no event has reported yet.
 */
import type { BatchFrame, BatchProgress, BatchRow } from '../contract/batch.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import { hasEndedWithoutResult } from '../contract/status.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import type { BatchRowWithSession } from '../store/batches.ts';
import type { StoredBatch } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

/** Time between a batch's events. */
const FRAME_INTERVAL_MS = 250;
const MAX_FRAME_ROWS = 500;

type VisibleRow = Pick<
  BatchRowWithSession,
  | 'candidate_email'
  | 'candidate_name'
  | 'status'
  | 'session_uuid'
  | 'reason'
  | 'candidate_url'
  | 'session_status'
  | 'link_problem'
>;

/** Includes the candidate's link. Callers remove the link for recruiters without the invite scope. */
export function toBatchRow(row: VisibleRow): BatchRow {
  const hasSession = row.status === 'invited' || row.status === 'existing';
  const hasOpenOrCompletedSession =
    hasSession && row.session_status !== null && !hasEndedWithoutResult(row.session_status);
  const needsLink = hasOpenOrCompletedSession && row.session_status !== 'completed';
  const reason = row.reason ?? (needsLink && row.link_problem !== null ? 'link_missing' : null);
  return {
    candidate_email: row.candidate_email,
    candidate_name: row.candidate_name,
    status: row.status,
    ...(row.session_uuid !== null && { session_uuid: row.session_uuid }),
    ...(hasOpenOrCompletedSession && row.candidate_url !== null && { candidate_url: row.candidate_url }),
    ...(reason !== null && { reason }),
  };
}

export async function getBatchProgress({ batches }: Queries, batch_id: string): Promise<BatchProgress> {
  const counts = await batches.countByStatus(batch_id);
  return { batch_id, total: Object.values(counts).reduce((sum, count) => sum + count, 0), counts };
}

async function appendProgress(queries: Queries, batch: StoredBatch, rows: BatchRow[]): Promise<void> {
  const frame: BatchFrame = { ...(await getBatchProgress(queries, batch.batch_id)), rows };
  await queries.events.append({
    type: 'batch',
    topic: batch.batch_id,
    session_uuid: '',
    project_id: batch.project_id,
    data: JSON.stringify(frame),
  });
}

/** Removes a candidate from all batches and the batches' events. Returns the number of removed rows. */
export async function eraseFromBatches(queries: Queries, erasedKey: string): Promise<number> {
  const { rows, batches } = await queries.batches.erase(erasedKey);
  for (const batch of batches) {
    await queries.events.rewriteBatchEvents(batch.batch_id, (data) => {
      const frame = JSON.parse(data) as BatchFrame;
      const rows = frame.rows.filter(({ candidate_email }) => toCandidateKey(candidate_email) !== erasedKey);
      return rows.length === frame.rows.length ? data : JSON.stringify({ ...frame, rows });
    });
    await appendProgress(queries, batch, []);
  }
  return rows;
}

export function startProgressPublisher({ store, clock, log }: { store: Store; clock: Clock; log: Log }): JobLoop {
  let nextPublishAt = 0;

  async function tick(): Promise<number | undefined> {
    const waitMs = nextPublishAt - clock.monotonic();
    if (waitMs > 0) return waitMs;
    const getNext = (after = '') => store.read(({ batches }) => batches.getNextProgressPending(after));
    let batch = await getNext();
    if (!batch) return undefined;
    nextPublishAt = clock.monotonic() + FRAME_INTERVAL_MS;
    for (; batch; batch = await getNext(batch.batch_id)) {
      const pending = batch;
      await store.write(async (queries) => {
        const rows = await queries.batches.listProgressPendingRows(pending.batch_id, MAX_FRAME_ROWS);
        if (!rows.length) return;
        await appendProgress(queries, pending, rows.map(toBatchRow));
        await queries.batches.clearProgressPending(rows.map(({ id }) => id));
      });
    }
    return FRAME_INTERVAL_MS;
  }

  return startJobLoop({ store, clock, log, name: 'progress', tables: ['batches', 'batch_rows'], tick });
}
