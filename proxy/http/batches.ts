/** The routes of batches: many candidates invited at once. */
import { json, type Request, Router } from 'express';
import {
  type BatchOptions,
  cancelBatch,
  getBatch,
  listBatches,
  previewBatch,
  retryBatch,
  storeBatch,
} from '../batches/batches.ts';
import { batchRequestSchema, idempotencyKeySchema } from '../contract/batch.ts';
import * as ROUTES from '../contract/routes.ts';
import { InvalidRequest } from '../util/errors.ts';
import type { WithRecruiter } from './require-recruiter.ts';
import { parseBody } from './validate.ts';

/** Bytes of a body: 10,000 candidates with long addresses and names fit. */
const parseCandidates = json({ limit: '8mb', strict: true });

export function createBatchRouter({
  withRecruiter: signedIn,
  ...options
}: BatchOptions & { withRecruiter: WithRecruiter }): Router {
  const router = Router();
  const idOf = ({ params }: Request) => String(params['batch_id']);

  router.post(
    ROUTES.batches,
    signedIn(async (recruiter, request, response) => {
      const { dry_run, ...wanted } = parseBody(batchRequestSchema, request.body);
      const key = readIdempotencyKey(request);
      if (dry_run) response.json(await previewBatch(options, recruiter, wanted));
      else response.status(202).json(await storeBatch(options, recruiter, wanted, key));
    }, parseCandidates),
  );

  router.get(
    ROUTES.batches,
    signedIn(async (recruiter, { query }, response) => {
      const { after } = query;
      response.json(await listBatches(options.store, recruiter, typeof after === 'string' ? after : undefined));
    }),
  );

  router.get(
    ROUTES.batch,
    signedIn(async (recruiter, request, response) => {
      response.json(await getBatch(options.store, recruiter, idOf(request)));
    }),
  );

  router.post(
    ROUTES.batchCancel,
    signedIn(async (recruiter, request, response) => {
      response.json(await cancelBatch(options, recruiter, idOf(request)));
    }),
  );

  router.post(
    ROUTES.batchRetry,
    signedIn(async (recruiter, request, response) => {
      response.json(await retryBatch(options, recruiter, idOf(request)));
    }),
  );

  return router;
}

function readIdempotencyKey(request: Request): string | undefined {
  const given = request.get('idempotency-key');
  if (given === undefined) return undefined;
  const key = idempotencyKeySchema.safeParse(given);
  if (key.success) return key.data;
  const message = key.error.issues[0]?.message ?? 'cannot be read';
  throw new InvalidRequest(`Idempotency-Key ${message}.`, [{ path: 'Idempotency-Key', message }]);
}
