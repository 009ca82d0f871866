/**
 * What a sign-in's window shows when it comes back. It hands the code to the page that opened it, if that is of the exact
 * origin that began; where the two were cut off from each other (COOP), the recruiter carries a short one over by hand.
 */
import { createHash } from 'node:crypto';
import type { CallbackMessage } from '../contract/sso.ts';

export interface SignInPage {
  /** For the page that opened the window, and that page's origin; absent where it is not known who began. */
  callbackMessage?: CallbackMessage;
  openerOrigin?: string;
  /** To be typed into the panel. */
  shortCode?: string;
  /** What went wrong. */
  error?: string;
}

const SCRIPT = `
const { handback, origin } = document.body.dataset;
history.replaceState(null, '', location.pathname);
if (handback && opener) {
  opener.postMessage(JSON.parse(handback), origin);
  document.querySelector('#told')?.removeAttribute('hidden');
} else document.querySelector('#carry')?.removeAttribute('hidden');
`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 28em; margin: 15vh auto 0; padding: 0 1.5em; }
h1 { font-size: 1.25em; }
strong { overflow-wrap: anywhere; }
output { display: block; margin: 1em 0; font: 600 2em/1.2 ui-monospace, monospace; letter-spacing: .1em; }
`;

/** The policy under which the page works, and nothing that would slip into it. */
export const SIGN_IN_PAGE_CSP = [
  "default-src 'none'",
  `script-src '${cspHash(SCRIPT)}'`,
  `style-src '${cspHash(STYLE)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function renderSignInPage({
  callbackMessage: handback,
  openerOrigin: origin = '',
  shortCode,
  error: fault,
}: SignInPage): string {
  const data = handback
    ? ` data-handback="${escapeHtml(JSON.stringify(handback))}" data-origin="${escapeHtml(origin)}"`
    : '';
  const text = fault === undefined ? renderSignedIn(origin, shortCode) : renderError(fault);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Evalon sign-in</title><style>${STYLE}</style></head>
<body${data}>
${text}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function renderSignedIn(origin: string, shortCode = ''): string {
  const code = shortCode.replace(/(?<=^.{4})/, '-');
  return `<main id="told" hidden>
<h1>You are signed in</h1>
<p>Go on where you clicked “Sign in”. You can close this window.</p>
</main>
<main id="carry" hidden>
<h1>One step is left</h1>
<p>Type this code into the assessments panel of <strong>${escapeHtml(origin)}</strong>, where you clicked “Sign in”:</p>
<output>${escapeHtml(code)}</output>
<p>Give it to nobody and to no other page. If you did not click “Sign in” there, close this window.</p>
</main>`;
}

function renderError(fault: string): string {
  return `<main><h1>You are not signed in</h1><p role="alert">${escapeHtml(fault)}</p></main>`;
}

function cspHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
