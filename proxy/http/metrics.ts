/** Serves `/metrics` for Prometheus, and counts requests. */
import { type RequestHandler, Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { requireToken } from './require-token.ts';

export function createMetricsRouter({ config, audit, metrics }: Context): Router {
  const router = Router();
  router.use(
    ROUTES.metrics,
    requireToken(audit, ROUTES.metrics, () => config().metricsTokenDigests),
  );
  router.get(ROUTES.metrics, async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return router;
}

/** Counts by the route's pattern, because a path may contain a session id. */
export function countRequests({ metrics }: Context): RequestHandler {
  return (request, response, next) => {
    response.once('finish', () => {
      const route = String(request.route?.path ?? 'other');
      metrics.requests.inc({ method: request.method, route, status: response.statusCode });
    });
    next();
  };
}
