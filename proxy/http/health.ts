/** For load balancers: alive, and ready to serve whatever Evalon's state is. */
import { Router } from 'express';
import * as ROUTES from '../contract/routes.ts';
import type { Store } from '../store/store.ts';
import { Unavailable } from '../util/errors.ts';

export interface HealthOptions {
  store: Store;
  /** No longer, once the process is about to end. */
  isReady(): boolean;
}

export function createHealthRouter({ store, isReady: isWelcoming }: HealthOptions): Router {
  const router = Router();
  router.get(ROUTES.health, (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get(ROUTES.ready, async (_request, response) => {
    if (!isWelcoming())
      throw new Unavailable('The proxy is about to end. Ask another one, or again in a moment.', { retryAfter: 5 });
    await store.checkWritable();
    response.json({ status: 'ready' });
  });
  return router;
}
