/** Batches as tests make them and wait for them. */
import type { Batch, BatchRow } from '../../proxy/contract/batch.ts';
import { batchListSchema, batchSchema } from '../../proxy/contract/batch.ts';
import type { RecruiterClient } from './api-client.ts';
import type { ReceivedRequest } from './evalon.ts';
import { waitFor } from './eventually.ts';

export const PROJECT_ID = 'proj_abc123';

export function sampleCandidates(count: number, name = 'person') {
  return Array.from({ length: count }, (_, n) => ({
    candidate_email: `${name}-${n}@example.com`,
    candidate_name: `${name} ${n}`,
  }));
}

/** A request for a batch of marketing invites, for so many people or for these. */
export function buildBatchRequest(candidates: number | object[], changes: object = {}) {
  const named = typeof candidates === 'number' ? sampleCandidates(candidates) : candidates;
  return { project_id: PROJECT_ID, assessment_type: 'marketing', candidates: named, ...changes };
}

export async function getBatch(page: RecruiterClient, batchId: string): Promise<Batch> {
  const { status, body } = await page.get(`/v1/batches/${batchId}`);
  if (status !== 200) throw new Error(`the batch answers ${status}`);
  return batchSchema.parse(body);
}

/** Makes a batch and answers its id. */
export async function createBatch(page: RecruiterClient, request: object, headers: Record<string, string> = {}) {
  const { status, body } = await page.post('/v1/batches', request, headers);
  if (status !== 202) throw new Error(`it answers ${status}: ${JSON.stringify(body).slice(0, 300)}`);
  return body.batch_id as string;
}

/** Waits until no row is queued any more. */
export function waitForBatch(page: RecruiterClient, batchId: string, deadline = 20_000): Promise<Batch> {
  return waitFor(
    async () => {
      const { batches } = batchListSchema.parse((await page.get('/v1/batches')).body);
      const isDone = batches.find(({ batch_id }) => batch_id === batchId)?.counts.queued === 0;
      return isDone && getBatch(page, batchId);
    },
    { deadline },
  );
}

/** Whom a call of Evalon asked for. */
export function listRequestedEmails({ body }: ReceivedRequest): string[] {
  const { sessions = [body] } = body as { sessions?: unknown[] };
  return sessions.map((session) => (session as { candidate_email: string }).candidate_email);
}

/** How many rows have which status, without the zeros. */
export function countByStatus(rows: readonly BatchRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
