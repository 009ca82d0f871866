/**
 * The page that the sign-in window shows after the identity provider's redirect. The page posts the result to its
 * opener: the proxy's one-time code, or an error. Only the origin that started the sign-in can receive the result. If
 * the opener's Cross-Origin-Opener-Policy (COOP) separates the windows, the page shows a short code that the recruiter
 * types into the panel.
 */
import type { Locale } from '../contract/locales.ts';
import type { CallbackMessage } from '../contract/sso.ts';
import { cspHash, escapeHtml, renderHtmlTag } from './html-page.ts';
import { PAGE_TEXTS, type PageTexts } from './page-texts/page-texts.ts';

/** Limits the shown error, because the identity provider's redirect can add a text of any length. */
const MAX_ERROR_CHARS = 1_000;

export interface SignInPage {
  /** What the page posts to its opener. Absent if the sign-in is unknown. */
  callbackMessage?: CallbackMessage;
  /** The only origin that may receive the message. */
  openerOrigin?: string;
  /** The recruiter types it into the panel. */
  shortCode?: string;
  error?: string;
}

const SCRIPT = `
const { message, origin } = document.body.dataset;
history.replaceState(null, '', location.pathname);
if (message && opener) {
  opener.postMessage(JSON.parse(message), origin);
  document.querySelector('#signed-in')?.removeAttribute('hidden');
} else document.querySelector('#short-code')?.removeAttribute('hidden');
`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 28em; margin: 15vh auto 0; padding: 0 1.5em; }
h1 { font-size: 1.25em; }
strong { overflow-wrap: anywhere; }
output { display: block; margin: 1em 0; font: 600 2em/1.2 ui-monospace, monospace; letter-spacing: .1em; }
`;

/** Allows the page's own script and style only. */
export const SIGN_IN_PAGE_CSP = [
  "default-src 'none'",
  `script-src ${cspHash(SCRIPT)}`,
  `style-src ${cspHash(STYLE)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function renderSignInPage(page: SignInPage, locale: Locale): string {
  const { callbackMessage, openerOrigin = '', shortCode, error } = page;
  const texts = PAGE_TEXTS[locale];
  const data = callbackMessage
    ? ` data-message="${escapeHtml(JSON.stringify(callbackMessage))}" data-origin="${escapeHtml(openerOrigin)}"`
    : '';
  const content = error === undefined ? renderSignedIn(texts, openerOrigin, shortCode) : renderError(texts, error);
  return `<!doctype html>
${renderHtmlTag(locale)}
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(texts.signInTitle)}</title><style>${STYLE}</style></head>
<body${data}>
${content}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function renderSignedIn(texts: PageTexts, openerOrigin: string, shortCode = ''): string {
  // Inserts a hyphen after four characters.
  const readableCode = shortCode.replace(/(?<=^.{4})/, '-');
  const origin = `<strong><bdi>${escapeHtml(openerOrigin)}</bdi></strong>`;
  return `<main id="signed-in" hidden>
<h1>${escapeHtml(texts.signedIn)}</h1>
<p>${escapeHtml(texts.goBack)}</p>
</main>
<main id="short-code" hidden>
<h1>${escapeHtml(texts.oneMoreStep)}</h1>
<p>${escapeHtml(texts.enterCode).replace('{origin}', () => origin)}</p>
<output dir="ltr">${escapeHtml(readableCode)}</output>
<p>${escapeHtml(texts.codeWarning)}</p>
</main>`;
}

/** @param error the proxy's error message, always in English */
function renderError({ notSignedIn, signInFailed }: PageTexts, error: string): string {
  const translation = signInFailed ? `<p>${escapeHtml(signInFailed)}</p>\n` : '';
  return `<main>
<h1>${escapeHtml(notSignedIn)}</h1>
<div role="alert">${translation}<p lang="en" dir="ltr">${escapeHtml(error.slice(0, MAX_ERROR_CHARS))}</p></div>
</main>`;
}
