/** Evalon's door: the secret in the address, the raw body, a bound on its size; 202 once it is stored. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, raw } from 'express';
import { ROUTES } from '../contract/routes.ts';
import { Unauthenticated } from '../errors.ts';
import type { ReceiveWebhook } from '../sessions/receive.ts';

/** Bytes of a webhook. */
const LARGEST_WEBHOOK = 256 * 1024;

export function webhookRoutes(receive: ReceiveWebhook, tokens: readonly string[]): Router {
  const router = Router();
  const digests = tokens.map(digest);

  function isKnown(token: string): boolean {
    const given = digest(token);
    return digests.map((known) => timingSafeEqual(known, given)).includes(true);
  }

  router.post(
    ROUTES.webhook,
    (request, _response, next) => {
      if (!isKnown(String(request.params['token']))) throw new Unauthenticated('The webhook address is not valid.');
      next();
    },
    raw({ type: () => true, limit: LARGEST_WEBHOOK }),
    async (request, response) => {
      const body: unknown = request.body;
      await receive(Buffer.isBuffer(body) ? body : Buffer.alloc(0), request.get('webhook-id')?.slice(0, 200));
      response.status(202).end();
    },
  );
  return router;
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
