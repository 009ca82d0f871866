/** The widget's files, readable by every page: the loader is looked up again, what carries a hash never changes. */
import { join } from 'node:path';
import express, { Router } from 'express';
import { ROUTES } from '../contract/routes.ts';

/** Seconds that a page may keep the loader before it asks again. */
const LOADER_KEPT = 300;

export function assetRoutes(folder: string): Router {
  const router = Router();
  router.use([ROUTES.loader, ROUTES.widget], (_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    next();
  });
  router.get(ROUTES.loader, (_request, response) => {
    response.sendFile(join(folder, 'embed.js'), {
      cacheControl: false,
      headers: { 'cache-control': `public, max-age=${LOADER_KEPT}` },
    });
  });
  router.use(ROUTES.widget, express.static(folder, { index: false, immutable: true, maxAge: '1y' }));
  return router;
}
