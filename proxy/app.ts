/** The Express application: which request goes where, in this order. */
import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Context } from './context.ts';
import { createAdminRouter } from './http/admin.ts';
import { createApiRouter } from './http/api.ts';
import { allowOrigins } from './http/cors.ts';
import { createProblemHandler } from './http/error-handler.ts';
import { createHealthRouter } from './http/health.ts';
import { LIMITS } from './http/request-limits.ts';
import { createSignInRouter } from './http/sso.ts';
import { createAssetRouter } from './http/static-files.ts';
import { createWebhookRouter } from './http/webhooks.ts';
import { InvalidRequest, NotFound } from './util/errors.ts';
import { withRequestId } from './util/request-context.ts';

const REQUEST_ID = /^[\w.-]{8,64}$/;

export function createApp(context: Context): Express {
  const { log, metrics, sandbox } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', 'strong');
  app.set('query parser', 'simple');
  app.set('trust proxy', context.config().trustedProxies);

  app.use((request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const id = REQUEST_ID.test(given) ? given : randomUUID();
    response.set('x-request-id', id);
    response.once('finish', () => {
      const route = String(request.route?.path ?? 'other');
      metrics.requests.inc({ method: request.method, route, status: response.statusCode });
    });
    withRequestId(id, next);
  });
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
      strictTransportSecurity: { includeSubDomains: false },
    }),
  );

  app.use(
    '/v1',
    allowOrigins(() => context.config().allowedOrigins),
  );
  app.use((request, _response, next) => {
    if (!isDecodable(request.path)) throw new InvalidRequest('The address cannot be read.');
    next();
  });

  app.use(createHealthRouter(context));
  app.use(createAssetRouter(context.widgetFolder));
  app.use(createWebhookRouter(context));
  app.use(createAdminRouter({ ...context, limits: LIMITS }));
  app.use(createSignInRouter({ ...context, limits: LIMITS }));
  app.use(createApiRouter({ ...context, limits: LIMITS }));
  if (sandbox) app.use(sandbox.router);
  app.use(() => {
    throw new NotFound('There is nothing at this address.');
  });
  app.use(createProblemHandler(log));
  return app;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
