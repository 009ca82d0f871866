/** Serves the API reference: `/openapi.json`. */
import { Router } from 'express';
import type { Context } from '../context.ts';
import { buildOpenApiDocument } from '../contract/openapi.ts';
import * as ROUTES from '../contract/routes.ts';

export function createReferenceRouter({ publicUrl }: Context): Router {
  const router = Router();
  let document: string | undefined;

  router.get(ROUTES.openApi, (_request, response) => {
    document ??= JSON.stringify(buildOpenApiDocument(publicUrl));
    // Tools on other origins, such as editors, may read it: it contains no secret.
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    response.type('application/json').send(document);
  });

  return router;
}
