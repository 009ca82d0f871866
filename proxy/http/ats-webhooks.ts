/** Receives an ATS's webhooks about stage changes. */
import { type RequestHandler, Router, raw } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { NotFound } from '../util/errors.ts';
import { toProxyError } from './error-handler.ts';
import { LIMITS, limitByAddress } from './request-limits.ts';

/** Greenhouse sends the whole application with its candidate. */
const MAX_WEBHOOK_BYTES = 1024 * 1024;

export function createAtsWebhookRouter({ config, receiveAtsWebhook, metrics }: Context): Router {
  const router = Router();
  /** Responds with 404 for an ATS without a webhook secret. */
  const requireSecret: RequestHandler = (request, _response, next) => {
    if (!config().atsWebhookSecrets.has(String(request.params['ats']))) {
      throw new NotFound('This address does not exist.');
    }
    next();
  };

  router.post(
    ROUTES.atsWebhook,
    limitByAddress(LIMITS.requestsPerAddressMinute),
    requireSecret,
    raw({ type: () => true, limit: MAX_WEBHOOK_BYTES, inflate: false }),
    async (request, response) => {
      const ats = String(request.params['ats']);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      try {
        const outcome = await receiveAtsWebhook(ats, body, request.headersDistinct);
        metrics.atsWebhooks.inc({ ats, outcome });
      } catch (error) {
        metrics.atsWebhooks.inc({ ats, outcome: toProxyError(error)?.code ?? 'internal' });
        throw error;
      }
      // Greenhouse takes any other status for a failure.
      response.status(200).end();
    },
  );

  return router;
}
