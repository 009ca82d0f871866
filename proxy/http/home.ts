/**
 * The start page of a production proxy: whether it is ready, and where to continue. In sandbox mode `/` is the demo.
 */
import { Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import type { PinnedVersion } from '../pinned-files/build.ts';
import { cspHash, escapeHtml, renderHead } from './html-page.ts';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40em; margin: 10vh auto 0; padding: 0 1.5em; }
h1 { font-size: 1.25em; }
pre { white-space: pre-wrap; padding: .75em 1em; border: 1px solid; border-radius: .25em; }
`;

const CSP = [
  "default-src 'none'",
  `style-src ${cspHash(STYLE)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function createHomeRouter({ publicUrl, isReady, store, pinnedFiles }: Context): Router {
  const router = Router();
  router.get(ROUTES.home, async (_request, response) => {
    const isServing =
      isReady() &&
      (await store.checkWritable().then(
        () => true,
        () => false,
      ));
    response.set({ 'cache-control': 'no-store', 'content-security-policy': CSP, 'x-robots-tag': 'noindex' });
    response.type('html').send(renderHomePage(publicUrl, isServing, pinnedFiles.current));
  });
  return router;
}

function renderHomePage(publicUrl: string, isServing: boolean, pinned: PinnedVersion | undefined): string {
  const url = escapeHtml(publicUrl);
  const renderCode = (code: string) => `<pre><code>${escapeHtml(code)}</code></pre>`;
  const link = (path: string, text: string) => `<a href="${url}${path}">${text}</a>`;
  return `${renderHead('Evalon ATS proxy', STYLE)}
<body>
<main>
<h1>Evalon ATS proxy</h1>
<p>${isServing ? 'Ready.' : `Not ready. ${link(ROUTES.ready, 'Check again')}, or contact IT.`}</p>
<ul>
<li>${link(ROUTES.reference, 'API reference')}</li>
<li>${link(ROUTES.openApi, 'OpenAPI document')}</li>
<li>${link(ROUTES.health, 'Liveness')} and ${link(ROUTES.ready, 'readiness')}</li>
</ul>
<p>Pages load the widget with:</p>
${renderCode(`<script type="module" src="${publicUrl}${ROUTES.loader}"></script>`)}
${
  pinned
    ? `<p>Pages that must keep version ${escapeHtml(pinned.version)} load it with:</p>
${renderCode(`<script type="module" src="${publicUrl}${ROUTES.pinnedLoaderPath(pinned.version)}" integrity="${pinned.integrity}"></script>`)}`
    : ''
}
</main>
</body>
</html>
`;
}
