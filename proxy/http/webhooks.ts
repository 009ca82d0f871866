/** Receives Evalon's webhooks: checks token, size and signature, stores the webhook, and responds 202. */
import { type ErrorRequestHandler, type RequestHandler, Router, raw } from 'express';
import type { Context } from '../context.ts';
import { UNSUPPORTED_MEDIA_TYPE } from '../contract/problem.ts';
import * as ROUTES from '../contract/routes.ts';
import { InvalidRequest, Unavailable } from '../util/errors.ts';
import { toProxyError } from './error-handler.ts';

const MAX_WEBHOOK_BYTES = 256 * 1024;
/** The value of the query parameter `challenge`, which a dashboard may send to check the webhook URL. */
const CHALLENGE = /^[\w-]{1,256}$/;

export function createWebhookRouter({ receiveWebhook, webhookVerifier, metrics, log }: Context): Router {
  const router = Router();
  const verifyToken: RequestHandler = (request, _response, next) => {
    webhookVerifier.verifyToken(String(request.params['token']));
    next();
  };

  /** A signature covers the bytes, which are lost once a body parser of the surrounding app has read them. */
  const requireUnreadBody: RequestHandler = (request, _response, next) => {
    if (request.body !== undefined || request.readableEnded) {
      log.error({ alert: 'webhook_body_read' }, 'webhook refused: mount the proxy before the body parsers of your app');
      throw new Unavailable('The proxy is mounted behind a body parser.');
    }
    next();
  };

  router.get(ROUTES.webhook, verifyToken, (request, response) => {
    const { challenge } = request.query;
    const text = typeof challenge === 'string' && CHALLENGE.test(challenge) ? challenge : '';
    response.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).type('text/plain').send(text);
  });

  router.post(
    ROUTES.webhook,
    verifyToken,
    requireUnreadBody,
    acceptCharsetEncoding,
    raw({ type: () => true, limit: MAX_WEBHOOK_BYTES, inflate: false }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      webhookVerifier.verifySignature(body, request.headersDistinct);
      await receiveWebhook(body, request.get('webhook-id') || undefined, response.locals['charset']);
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

/**
 * Some senders write the charset into `Content-Encoding`. The body parser would refuse it as an unknown compression.
 */
const acceptCharsetEncoding: RequestHandler = (request, response, next) => {
  const encodings = request.get('content-encoding')?.split(',') ?? [];
  for (const encoding of encodings.map((name) => name.trim().toLowerCase())) {
    if (encoding === '' || encoding === 'identity') continue;
    if (!isCharset(encoding)) {
      throw new InvalidRequest(
        'The webhook is compressed. Send it without a Content-Encoding.',
        [],
        UNSUPPORTED_MEDIA_TYPE,
      );
    }
    response.locals['charset'] = encoding;
  }
  delete request.headers['content-encoding'];
  next();
};

function isCharset(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
