/**
 * Builds the HTTP headers of a sandbox page, with a strict content security policy.
 * @param extraDirectives directives of one page, such as `frame-src`.
 */
export function buildPageHeaders(extraDirectives: Record<string, string> = {}): Record<string, string> {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'self'",
    'img-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    ...extraDirectives,
  };
  return {
    'Content-Security-Policy': Object.entries(directives)
      .map((directive) => directive.join(' '))
      .join('; '),
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
}
