/**
 * Serves the widget's files to pages of every origin, and its script to the result page. Pages revalidate the loader,
 * the languages and this script. All other files have a hash in their name and never change.
 */
import { join } from 'node:path';
import { Router } from 'express';
import compressedFiles from 'express-static-gzip';
import type { Context } from '../context.ts';
import { findLocale } from '../contract/locales.ts';
import * as ROUTES from '../contract/routes.ts';

const REVALIDATED_MAX_AGE_MS = 300_000;

/** Prefers the compressed copies next to each file. */
export function createStaticFileRouter({ widgetFolder, config }: Context): Router {
  const router = Router();
  const options = { enableBrotli: true, orderPreference: ['br', 'gz'], index: false };
  router.use([ROUTES.loader, ROUTES.widget, ROUTES.language], (_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    next();
  });
  const serveStatic = { maxAge: REVALIDATED_MAX_AGE_MS };
  const revalidatedFiles = compressedFiles(widgetFolder, { ...options, serveStatic });
  router.get([ROUTES.loader, ROUTES.resultScript], revalidatedFiles);
  router.get(ROUTES.language, (request, response, next) => {
    const locale = findLocale(request.params.language) ?? config().defaultLocale;
    request.url = ROUTES.languagePath(locale);
    if (locale !== 'en') return revalidatedFiles(request, response, next);
    // English needs no language file: the loader itself loads the English elements.
    response.set('cache-control', `public, max-age=${REVALIDATED_MAX_AGE_MS / 1_000}`);
    response.type('js').send('export {};\n');
  });
  router.use(
    ROUTES.widget,
    compressedFiles(join(widgetFolder, 'widget'), { ...options, serveStatic: { immutable: true, maxAge: '1y' } }),
  );
  return router;
}
