/**
 * Resolves a URL against the page's URL. Ignores `<base>`, because injected markup could set it.
 * @throws TypeError if the URL is invalid.
 */
export function resolvePageUrl(url: string | URL): string {
  return new URL(url, location.href).href;
}
