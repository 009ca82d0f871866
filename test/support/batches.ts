/** Creates batches and waits for them. */
import type { Batch, BatchRow } from '../../proxy/contract/batch.ts';
import { batchListSchema, batchSchema } from '../../proxy/contract/batch.ts';
import type { RecruiterClient } from './api-client.ts';
import type { ReceivedRequest } from './evalon.ts';
import { waitFor } from './eventually.ts';
import { usesPostgres } from './test-database.ts';

export const PROJECT_ID = 'proj_abc123';
/** On PostgreSQL, each row of a batch takes many round trips. */
export const BATCH_TIMEOUT_MS = usesPostgres ? 120_000 : 20_000;
export const ZERO_COUNTS = { queued: 0, invited: 0, existing: 0, failed: 0, cancelled: 0 };

export function sampleCandidates(count: number, name = 'person') {
  return Array.from({ length: count }, (_, n) => ({
    candidate_email: `${name}-${n}@example.com`,
    candidate_name: `${name} ${n}`,
  }));
}

/** @param candidates the candidates, or how many to make up. */
export function buildBatchRequest(candidates: number | (object | null)[], changes: object = {}) {
  const named = typeof candidates === 'number' ? sampleCandidates(candidates) : candidates;
  return { project_id: PROJECT_ID, assessment_type: 'marketing', candidates: named, ...changes };
}

export async function getBatch(recruiter: RecruiterClient, batchId: string): Promise<Batch> {
  const { status, body } = await recruiter.get(`/v1/batches/${batchId}`);
  if (status !== 200) throw new Error(`getting the batch returned ${status}`);
  return batchSchema.parse(body);
}

/** Returns the id of the new batch. */
export async function createBatch(recruiter: RecruiterClient, request: object, headers: Record<string, string> = {}) {
  const { status, body } = await recruiter.post('/v1/batches', request, headers);
  if (status !== 202) throw new Error(`creating a batch returned ${status}: ${JSON.stringify(body).slice(0, 300)}`);
  return body.batch_id as string;
}

/** Waits until no row is queued. */
export function waitForBatch(
  recruiter: RecruiterClient,
  batchId: string,
  timeoutMs = BATCH_TIMEOUT_MS,
): Promise<Batch> {
  return waitFor(
    async () => {
      const { batches } = batchListSchema.parse((await recruiter.get('/v1/batches')).body);
      const isDone = batches.find(({ batch_id }) => batch_id === batchId)?.counts.queued === 0;
      return isDone && getBatch(recruiter, batchId);
    },
    { timeoutMs },
  );
}

/** Lists the candidates' emails in a call to Evalon that creates one or several sessions. */
export function listRequestedEmails({ body }: ReceivedRequest): string[] {
  const { sessions = [body] } = body as { sessions?: unknown[] };
  return sessions.map((session) => (session as { candidate_email: string }).candidate_email);
}

/** Leaves out statuses without rows. */
export function countByStatus(rows: readonly BatchRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
