/** Batches: create or preview, list, read, cancel, retry. */
import { Router } from 'express';
import { cancelBatch, createBatch, getBatch, listBatches, retryBatch } from '../batches/batches.ts';
import { previewBatch } from '../batches/preview-batch.ts';
import type { Context } from '../context.ts';
import { batchRequestSchema } from '../contract/batch.ts';
import * as ROUTES from '../contract/routes.ts';
import { assertOffered } from '../invites/offered.ts';
import type { WithRecruiter } from './require-recruiter.ts';
import { parseBody, parseIdempotencyKey } from './validate.ts';

/** Enough for 10,000 candidates with long emails and names. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

export function createBatchRouter(context: Context, withRecruiter: WithRecruiter): Router {
  const { store, clock, config } = context;
  const router = Router();

  router.post(
    ROUTES.batches,
    withRecruiter(
      async (recruiter, request, response) => {
        const { dry_run, ...batch } = parseBody(batchRequestSchema, request.body);
        assertOffered(config().assessments, batch);
        const idempotencyKey = parseIdempotencyKey(request);
        if (dry_run) response.json(await previewBatch(context, recruiter, batch));
        else response.status(202).json(await createBatch({ store, clock }, recruiter, batch, idempotencyKey));
      },
      { scope: 'invite', maxBodyBytes: MAX_BODY_BYTES },
    ),
  );

  router.get(
    ROUTES.batches,
    withRecruiter(async (recruiter, { query: { after, project_id, assessment_type } }, response) => {
      const options = {
        after: toText(after),
        project_id: toText(project_id),
        assessment_type: toText(assessment_type),
      };
      response.json(await listBatches(store, recruiter, options));
    }),
  );

  router.get(
    ROUTES.batch,
    withRecruiter(async (recruiter, { params }, response) => {
      response.json(await getBatch(context, recruiter, String(params['batch_id'])));
    }),
  );

  router.post(
    ROUTES.batchCancel,
    withRecruiter(async (recruiter, { params }, response) => {
      response.json(await cancelBatch(store, recruiter, String(params['batch_id'])));
    }),
  );

  router.post(
    ROUTES.batchRetry,
    withRecruiter(async (recruiter, { params }, response) => {
      response.json(await retryBatch(store, recruiter, String(params['batch_id'])));
    }),
  );

  return router;
}

/** Returns undefined for a repeated parameter. */
function toText(parameter: unknown): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined;
}
