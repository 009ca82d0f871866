/** Evalon's door: the secret in the address, a bound on the size, the signature over the raw body; 202 once stored. */
import { type ErrorRequestHandler, Router, raw } from 'express';
import * as ROUTES from '../contract/routes.ts';
import type { Metrics } from '../util/metrics.ts';
import type { ReceiveWebhook } from '../webhooks/receive.ts';
import type { WebhookVerifier } from '../webhooks/verify.ts';
import { toProxyError } from './error-handler.ts';

/** Bytes of a webhook. */
const MAX_WEBHOOK_BYTES = 256 * 1024;

export interface WebhookOptions {
  receiveWebhook: ReceiveWebhook;
  webhookVerifier: WebhookVerifier;
  metrics: Pick<Metrics, 'webhooks'>;
}

export function createWebhookRouter({
  receiveWebhook: receive,
  webhookVerifier: sender,
  metrics,
}: WebhookOptions): Router {
  const router = Router();
  router.post(
    ROUTES.webhook,
    (request, _response, next) => {
      sender.verifyToken(String(request.params['token']));
      next();
    },
    raw({ type: () => true, limit: MAX_WEBHOOK_BYTES, inflate: false }),
    async (request, response) => {
      const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      sender.verifySignature(body, request.headersDistinct);
      await receive(body, request.get('webhook-id') || undefined);
      metrics.webhooks.inc({ outcome: 'stored' });
      response.status(202).end();
    },
  );
  const countRefused: ErrorRequestHandler = (error, _request, _response, next) => {
    metrics.webhooks.inc({ outcome: toProxyError(error)?.code ?? 'internal' });
    next(error);
  };
  router.use(countRefused);
  return router;
}
