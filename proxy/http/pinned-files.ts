/**
 * Serves the widget's pinned files to pages of every origin. A page loads such a file with `integrity`. The database
 * keeps the files of earlier releases, so that pages that load them work after an upgrade.
 */
import { Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { NotFound } from '../util/errors.ts';

const MAX_AGE_SECONDS = 365 * 24 * 60 * 60;

export function createPinnedFileRouter({ pinnedFiles, sandbox }: Context): Router {
  const router = Router();
  // In the sandbox, a developer's next build may change the file without changing its version.
  const cacheControl = sandbox ? 'no-cache' : `public, max-age=${MAX_AGE_SECONDS}, immutable`;

  router.get(ROUTES.pinnedLoader, async (request, response) => {
    // Also set for errors: without these headers, the browser's console would report a CORS error instead.
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    const file = await pinnedFiles.get(`${request.params.version}.js`);
    if (!file) throw new NotFound('The proxy has no such version of the widget.');
    const encoding = (['br', 'gzip'] as const).find((name) => request.acceptsEncodings(name));
    response.set({
      'cache-control': cacheControl,
      vary: 'accept-encoding',
      ...(encoding && { 'content-encoding': encoding }),
    });
    response.type('text/javascript').send(file[encoding ?? 'identity']);
  });

  return router;
}
