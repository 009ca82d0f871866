/** The Express application: middleware and routes in the order in which they see a request. */
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Context } from './context.ts';
import { createAdminRouter } from './http/admin.ts';
import { createAtsWebhookRouter } from './http/ats-webhooks.ts';
import { createBatchRouter } from './http/batches.ts';
import { createCandidateRouter } from './http/candidates.ts';
import { createClientConfigRouter } from './http/client-config.ts';
import { allowOrigins } from './http/cors.ts';
import { createErrorHandler } from './http/error-handler.ts';
import { createEventRouter } from './http/events.ts';
import { cleanForwardedFor } from './http/forwarded-for.ts';
import { createHealthRouter } from './http/health.ts';
import { createHomeRouter } from './http/home.ts';
import { countRequests, createMetricsRouter } from './http/metrics.ts';
import { createAshbyPartnerRouter } from './http/partner-ashby.ts';
import { createGreenhousePartnerRouter } from './http/partner-greenhouse.ts';
import { createPinnedFileRouter } from './http/pinned-files.ts';
import { createReferenceRouter } from './http/reference.ts';
import { assignRequestId } from './http/request-id.ts';
import { LIMITS, limitByAddress } from './http/request-limits.ts';
import { createWithRecruiter } from './http/require-recruiter.ts';
import { createResultPageRouter } from './http/result-page.ts';
import { createScorecardRouter } from './http/scorecards.ts';
import { createSessionRouter } from './http/sessions.ts';
import { createSsoRouter } from './http/sso.ts';
import { createStaticFileRouter } from './http/static-files.ts';
import { closeUnreadResponses } from './http/unread-response.ts';
import { rejectMalformedPath } from './http/validate.ts';
import { createWebhookRouter } from './http/webhooks.ts';
import { NotFound } from './util/errors.ts';

/** The proxy disconnects a client that reads nothing of its response for this long. */
const UNREAD_TIMEOUT_MS = 30_000;

export function createApp(context: Context): Express {
  const { config, log, sandbox } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', 'strong');
  app.set('query parser', 'simple');
  app.set('trust proxy', config().trustedProxies);

  app.use(closeUnreadResponses(UNREAD_TIMEOUT_MS), assignRequestId, countRequests(context), cleanForwardedFor);
  app.use(
    helmet({
      // Helmet's default `upgrade-insecure-requests` would break pages served over HTTP, such as the local sandbox.
      contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
      strictTransportSecurity: { includeSubDomains: false },
    }),
  );
  app.use(
    '/v1',
    allowOrigins(() => config().allowedOrigins),
  );
  app.use(rejectMalformedPath);

  // Before `limitByAddress`: these routers have their own limits, or none.
  app.use(createHealthRouter(context));
  app.use(createReferenceRouter(context));
  app.use(createStaticFileRouter(context));
  app.use(createWebhookRouter(context));
  app.use(createAtsWebhookRouter(context));

  app.use(
    ['/v1', '/admin', '/metrics', '/partner', '/results', '/embed'],
    limitByAddress(LIMITS.requestsPerAddressMinute),
  );
  app.use(createPinnedFileRouter(context));
  app.use(createMetricsRouter(context));
  app.use(createAdminRouter(context));
  app.use(createSsoRouter(context));
  app.use(createResultPageRouter(context));
  app.use(createGreenhousePartnerRouter(context), createAshbyPartnerRouter(context));

  const withRecruiter = createWithRecruiter(context);
  app.use(createClientConfigRouter(context, withRecruiter));
  app.use(createSessionRouter(context, withRecruiter));
  app.use(createScorecardRouter(context, withRecruiter));
  app.use(createEventRouter(context, withRecruiter));
  app.use(createBatchRouter(context, withRecruiter));
  app.use(createCandidateRouter(context, withRecruiter));

  app.use(sandbox ? sandbox.router : createHomeRouter(context));
  app.use(() => {
    throw new NotFound('This address does not exist.');
  });
  app.use(createErrorHandler(log));
  return app;
}
