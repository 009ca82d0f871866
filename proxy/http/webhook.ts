/** Evalon's door: the secret in the address, a bound on the size, the signature over the raw body; 202 once stored. */
import { Router, raw } from 'express';
import type { SenderCheck } from '../auth/sender.ts';
import * as ROUTES from '../contract/routes.ts';
import type { ReceiveWebhook } from '../sessions/receive.ts';

/** Bytes of a webhook. */
const LARGEST_WEBHOOK = 256 * 1024;

export function webhookRoutes(receive: ReceiveWebhook, sender: SenderCheck): Router {
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
      response.status(202).end();
    },
  );
  return router;
}
