/**
 * The page of one result, for links in the ATS, in the browser's language. It is the same for every session id, known
 * or not: its script signs the recruiter in, and reads the scorecard with the recruiter's token.
 */
import { Router } from 'express';
import type { Context } from '../context.ts';
import type { Locale } from '../contract/locales.ts';
import * as ROUTES from '../contract/routes.ts';
import { NotFound } from '../util/errors.ts';
import { cspHash, escapeHtml, renderHead } from './html-page.ts';
import { PAGE_TEXTS } from './page-texts/page-texts.ts';
import { findPreferredLocale, setLanguageHeaders } from './preferred-locale.ts';

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 44em; margin: 2em auto; padding: 0 1em; }
header { margin-bottom: 0.5em; }
main { display: grid; gap: 1em; justify-items: start; }
evalon-scorecard { justify-self: stretch; }
button { font: inherit; min-height: 28px; }
@media print { body { margin: 0; } evalon-sign-in { display: none; } }
`;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${cspHash(STYLE)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types evalon-widget',
  ].join('; '),
  // If the sign-in ends while the page is open, the recruiter signs in again in a window that posts to this page.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

export function createResultPageRouter({ config, singleSignOn, sandbox }: Context): Router {
  const router = Router();

  router.get(ROUTES.result, (request, response) => {
    if (!singleSignOn.isConfigured() && !sandbox) throw new NotFound('This address does not exist.');
    const { defaultLocale, messages } = config();
    const locale = findPreferredLocale(request, defaultLocale);
    setLanguageHeaders(response.set(HEADERS), locale);
    response.type('html').send(renderResultPage(locale, messages.companyName));
  });

  return router;
}

function renderResultPage(locale: Locale, company = ''): string {
  const { resultTitle, needsJavaScript } = PAGE_TEXTS[locale];
  // A relative URL, so that it also works if an app mounts the proxy at a path.
  const script = `<script type="module" src="..${ROUTES.resultScriptPath(locale)}"></script>\n`;
  return `${renderHead(resultTitle, STYLE, script, locale)}
<body>
${company && `<header>${escapeHtml(company)}</header>`}
<main><noscript>${escapeHtml(needsJavaScript)}</noscript></main>
</body>
</html>
`;
}
