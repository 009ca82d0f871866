/** The widget's files, readable by every page: the loader is looked up again, what carries a hash never changes. */
import { Router } from 'express';
import compressedFiles from 'express-static-gzip';
import * as ROUTES from '../contract/routes.ts';

/** Milliseconds that a page may keep the loader before it asks again. */
const LOADER_MAX_AGE_MS = 300_000;

/** Serves the build in `folder`, with the compressed copies that lie beside its files. */
export function createAssetRouter(folder: string): Router {
  const router = Router();
  const options = { enableBrotli: true, orderPreference: ['br', 'gz'], index: false };
  router.use([ROUTES.loader, ROUTES.widget], (_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    next();
  });
  router.get(ROUTES.loader, compressedFiles(folder, { ...options, serveStatic: { maxAge: LOADER_MAX_AGE_MS } }));
  router.use(ROUTES.widget, compressedFiles(folder, { ...options, serveStatic: { immutable: true, maxAge: '1y' } }));
  return router;
}
