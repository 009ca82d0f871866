/** Evalon's door: the secret in the address, a bound on the size, the signature over the raw body; 202 once stored. */
import { type ErrorRequestHandler, Router, raw } from 'express';
import * as ROUTES from '../contract/routes.ts';
import type { Metrics } from '../util/metrics.ts';
import type { ReceiveWebhook } from '../webhooks/receive.ts';
import type { SenderCheck } from '../webhooks/verify.ts';
import { knownError } from './error-handler.ts';

/** Bytes of a webhook. */
const LARGEST_WEBHOOK = 256 * 1024;

export interface WebhookOptions {
  receive: ReceiveWebhook;
  sender: SenderCheck;
  metrics: Pick<Metrics, 'webhooks'>;
}

export function webhookRoutes({ receive, sender, metrics }: WebhookOptions): Router {
  const router = Router();
  router.post(
    ROUTES.webhook,
    (request, _response, next) => {
      sender.address(String(request.params['token']));
      next();
    },
    raw({ type: () => true, limit: LARGEST_WEBHOOK, inflate: false }),
    async (request, response) => {
      const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      sender.signature(body, request.headersDistinct);
      await receive(body, request.get('webhook-id') || undefined);
      metrics.webhooks.inc({ outcome: 'stored' });
      response.status(202).end();
    },
  );
  const countRefused: ErrorRequestHandler = (error, _request, _response, next) => {
    metrics.webhooks.inc({ outcome: knownError(error)?.code ?? 'internal' });
    next(error);
  };
  router.use(countRefused);
  return router;
}
