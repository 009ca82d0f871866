/** @param extra directives of one page, such as `frame-src`. */
export function buildPageHeaders(extra: Record<string, string> = {}): Record<string, string> {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'self'",
    'img-src': "'self'",
    'form-action': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    ...extra,
  };
  return {
    'Content-Security-Policy': Object.entries(directives)
      .map((directive) => directive.join(' '))
      .join('; '),
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
}
