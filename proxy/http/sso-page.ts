/**
 * The page that the sign-in window shows after the identity provider's redirect. It posts the code to its opener, if
 * the opener has the origin that started the sign-in. If COOP separates the window from its opener, the recruiter types
 * a short code.
 */
import type { CallbackMessage } from '../contract/sso.ts';
import { cspHash, escapeHtml } from './html-page.ts';

/** Part of an error can come from the identity provider's redirect. */
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
} else document.querySelector('#enter-code')?.removeAttribute('hidden');
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

export function renderSignInPage({ callbackMessage, openerOrigin = '', shortCode, error }: SignInPage): string {
  const data = callbackMessage
    ? ` data-message="${escapeHtml(JSON.stringify(callbackMessage))}" data-origin="${escapeHtml(openerOrigin)}"`
    : '';
  const content = error === undefined ? renderSignedIn(openerOrigin, shortCode) : renderError(error);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Evalon sign-in</title><style>${STYLE}</style></head>
<body${data}>
${content}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function renderSignedIn(openerOrigin: string, shortCode = ''): string {
  const readableCode = shortCode.replace(/(?<=^.{4})/, '-');
  return `<main id="signed-in" hidden>
<h1>You're signed in</h1>
<p>Go back to the page where you clicked “Sign in”. You can close this window.</p>
</main>
<main id="enter-code" hidden>
<h1>One more step</h1>
<p>Enter this code in the assessments panel of <strong>${escapeHtml(openerOrigin)}</strong>, where you clicked “Sign in”:</p>
<output>${escapeHtml(readableCode)}</output>
<p>Don't share this code or enter it on another page. If you didn't click “Sign in” there, close this window.</p>
</main>`;
}

function renderError(error: string): string {
  return `<main><h1>You're not signed in</h1><p role="alert">${escapeHtml(error.slice(0, MAX_ERROR_CHARS))}</p></main>`;
}
