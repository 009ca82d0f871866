/** What the sandbox's pages allow themselves: what an ATS needs to allow for the widget when everything comes from one address. */

/** @param more directives of one page, such as frames of its own. */
export function buildPageHeaders(more: Record<string, string> = {}): Record<string, string> {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'self'",
    'img-src': "'self'",
    'form-action': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    ...more,
  };
  return {
    'Content-Security-Policy': Object.entries(directives)
      .map((directive) => directive.join(' '))
      .join('; '),
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
}
