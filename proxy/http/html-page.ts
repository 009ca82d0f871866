/** Small HTML pages with a strict Content-Security-Policy. */
import { createHash } from 'node:crypto';
import { getDirection, type Locale } from '../contract/locales.ts';

/** A Content-Security-Policy source that permits exactly this inline script or style. */
export function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export function renderHtmlTag(locale: Locale): string {
  return `<html lang="${locale}" dir="${getDirection(locale)}">`;
}

/**
 * Renders the beginning of a page that search engines do not index, up to the end of `<head>`.
 * @param style the page's Content-Security-Policy needs its `cspHash`.
 * @param elements further elements of `<head>`, before the style.
 */
export function renderHead(title: string, style: string, elements = '', locale: Locale = 'en'): string {
  return `<!doctype html>
${renderHtmlTag(locale)}
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${elements}<style>${style}</style>
</head>`;
}
