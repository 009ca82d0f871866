/** For load balancers: alive, and ready to serve whatever Evalon's state is. */
import { Router } from 'express';
import * as ROUTES from '../contract/routes.ts';
import type { Store } from '../store/store.ts';

export function healthRoutes(store: Store): Router {
  const router = Router();
  router.get(ROUTES.health, (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get(ROUTES.ready, async (_request, response) => {
    await store.check();
    response.json({ status: 'ready' });
  });
  return router;
}
