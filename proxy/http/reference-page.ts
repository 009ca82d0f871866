/**
 * The API reference that people read: Swagger UI, which the build copies from `swagger-ui-dist`. It loads nothing from
 * other servers. It sends no requests to the API, so it has no field for a token.
 *
 * Rejected: Scalar (loads fonts from its own servers), Redoc (needs React, and inline styles), RapiDoc (no release for
 * a year).
 */
import * as ROUTES from '../contract/routes.ts';
import { cspHash, escapeHtml, renderHead } from './html-page.ts';

const SCRIPT = `
const dark = matchMedia('(prefers-color-scheme: dark)');
const applyTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', applyTheme);
applyTheme();
SwaggerUIBundle({
  dom_id: '#reference',
  url: document.querySelector('#reference').dataset.url,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: [],
  validatorUrl: null,
});
`;

/** Hides what sends requests or asks for tokens. */
const STYLE = `
body { margin: 0; background: #fafafa; }
html.dark-mode body { background: #1c2022; }
html.dark-mode .swagger-ui .examples-select__section-label { color: #e4e6e6; }
.swagger-ui .auth-wrapper, .swagger-ui .authorization__btn, .swagger-ui .scheme-container { display: none; }
`;

export const REFERENCE_PAGE_CSP = [
  "default-src 'none'",
  `script-src 'self' ${cspHash(SCRIPT)}`,
  `style-src 'self' ${cspHash(STYLE)}`,
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** @param basePath the path of the proxy's URL, without a trailing slash. */
export function renderReferencePage(basePath: string): string {
  const base = escapeHtml(basePath);
  const stylesheet = `<link rel="stylesheet" href="${base}${ROUTES.reference}/swagger-ui.css">\n`;
  return `${renderHead('API reference · Evalon ATS proxy', STYLE, stylesheet)}
<body>
<main id="reference" data-url="${base}${ROUTES.openApi}">
<noscript>This page needs JavaScript. The same content: <a href="${base}${ROUTES.openApi}">openapi.json</a>.</noscript>
</main>
<script src="${base}${ROUTES.reference}/swagger-ui-bundle.js"></script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
