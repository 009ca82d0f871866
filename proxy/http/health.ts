/** Health checks for load balancers. They do not depend on Evalon. */
import { Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { Unavailable } from '../util/errors.ts';

const RETRY_SECONDS = 5;

export function createHealthRouter({ store, isReady }: Context): Router {
  const router = Router();

  router.get(ROUTES.health, (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get(ROUTES.ready, async (_request, response) => {
    if (!isReady()) {
      throw new Unavailable('The proxy is shutting down. Try again in a moment.', { retryAfterSeconds: RETRY_SECONDS });
    }
    await store.checkWritable();
    response.json({ status: 'ready' });
  });

  return router;
}
