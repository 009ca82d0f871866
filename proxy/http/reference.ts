/** Serves the API reference: `/openapi.json` for tools, and `/docs` for people. */
import { Router } from 'express';
import compressedFiles from 'express-static-gzip';
import type { Context } from '../context.ts';
import { buildOpenApiDocument } from '../contract/openapi.ts';
import * as ROUTES from '../contract/routes.ts';
import { REFERENCE_PAGE_CSP, renderReferencePage } from './reference-page.ts';

export function createReferenceRouter({ publicUrl, referenceAssetsFolder }: Context): Router {
  const router = Router();
  const page = renderReferencePage(new URL(publicUrl).pathname.replace(/\/$/, ''));
  let document: string | undefined;

  router.get(ROUTES.openApi, (_request, response) => {
    document ??= JSON.stringify(buildOpenApiDocument(publicUrl));
    // Web pages of other origins, such as an OpenAPI viewer, may read it: it contains no secret.
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    response.type('application/json').send(document);
  });

  router.get(ROUTES.reference, (_request, response) => {
    response.set({ 'content-security-policy': REFERENCE_PAGE_CSP, 'x-robots-tag': 'noindex' });
    response.type('html').send(page);
  });
  router.use(
    ROUTES.reference,
    compressedFiles(referenceAssetsFolder, { enableBrotli: true, orderPreference: ['br', 'gz'], index: false }),
  );

  return router;
}
