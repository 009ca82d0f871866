import { z } from 'zod';
import {
  batchListSchema,
  batchPreviewSchema,
  batchProgressSchema,
  batchRequestSchema,
  batchSchema,
  idempotencyKeySchema,
} from '../batch.ts';
import * as ROUTES from '../routes.ts';
import { type Operation, ok } from './operation.ts';

export const BATCH_OPERATIONS: readonly Operation[] = [
  {
    id: 'createBatch',
    method: 'post',
    path: ROUTES.batches,
    tag: 'Batches',
    summary: 'Invite many candidates',
    description: 'The proxy accepts a batch with invalid rows. An invalid row gets the status `failed` and a reason.',
    access: 'invite',
    headers: z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() }),
    body: batchRequestSchema,
    examples: [
      {
        project_id: 'proj_abc123',
        assessment_type: 'marketing',
        candidates: [{ candidate_email: 'jane@example.com', candidate_name: 'Jane Smith' }],
        dry_run: true,
      },
    ],
    responses: {
      202: { description: 'The batch is stored, and the proxy invites its rows.', schema: batchProgressSchema },
      200: { description: 'The preview of a dry run, which stores nothing.', schema: batchPreviewSchema },
    },
    problems: ['conflict'],
  },
  {
    id: 'listBatches',
    method: 'get',
    path: ROUTES.batches,
    tag: 'Batches',
    summary: 'List your batches',
    access: 'read',
    query: z.object({
      after: z.string().optional().describe('`next` of the previous page.'),
      project_id: z.string().optional(),
      assessment_type: z.string().optional(),
    }),
    responses: ok(batchListSchema),
    // Returned if `after` names no batch of the caller.
    problems: ['not_found'],
  },
  {
    id: 'getBatch',
    method: 'get',
    path: ROUTES.batch,
    tag: 'Batches',
    summary: 'Read a batch and its rows',
    access: 'read',
    responses: ok(batchSchema),
    problems: ['not_found'],
  },
  {
    id: 'cancelBatch',
    method: 'post',
    path: ROUTES.batchCancel,
    tag: 'Batches',
    summary: 'Cancel the queued rows',
    access: 'invite',
    responses: ok(batchProgressSchema),
    problems: ['not_found'],
  },
  {
    id: 'retryBatch',
    method: 'post',
    path: ROUTES.batchRetry,
    tag: 'Batches',
    summary: 'Retry the failed rows',
    access: 'invite',
    responses: ok(batchProgressSchema),
    problems: ['not_found'],
  },
];
