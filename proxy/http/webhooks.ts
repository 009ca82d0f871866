/** Receives Evalon's webhooks: checks token, size and signature, stores the webhook, and responds 202. */
import { type ErrorRequestHandler, Router, raw } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { toProxyError } from './error-handler.ts';

const MAX_WEBHOOK_BYTES = 256 * 1024;

export function createWebhookRouter({ receiveWebhook, webhookVerifier, metrics }: Context): Router {
  const router = Router();

  router.post(
    ROUTES.webhook,
    (request, _response, next) => {
      webhookVerifier.verifyToken(String(request.params['token']));
      next();
    },
    raw({ type: () => true, limit: MAX_WEBHOOK_BYTES, inflate: false }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      webhookVerifier.verifySignature(body, request.headersDistinct);
      await receiveWebhook(body, request.get('webhook-id') || undefined);
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
