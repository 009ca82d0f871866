/** The page's settings on `window.EvalonWidget`, written by the page and by the loader. */
import type { EvalonWidgetSettings, TokenProvider } from '../package/settings.ts';
import { resolvePageUrl } from '../util/page-url.ts';
import type { TokenSetting } from './token-source.ts';

const MODULE_URL = import.meta.url;

/** Ignores an element with the id `EvalonWidget`, which is a property of `window` too, but not an own property. */
function readPageSettings(): EvalonWidgetSettings {
  return (Object.hasOwn(window, 'EvalonWidget') && window.EvalonWidget) || {};
}

/**
 * Returns the first of: the element's attribute, the page's setting, the origin of this module. Returns undefined if
 * that first one is not a valid URL.
 */
export function resolveProxyUrl(attribute: string | undefined): string | undefined {
  try {
    const url = attribute || readPageSettings().proxyUrl || new URL('..', MODULE_URL);
    return resolvePageUrl(url).replace(/\/+$/, '');
  } catch {
    return undefined;
  }
}

/**
 * Returns the first of: the element's `getToken`, the page's `getToken`, the page's token URL. The page's tokens go only
 * to the page's proxy, so that injected markup cannot send them elsewhere.
 */
export function resolveTokenSetting(property: TokenProvider | undefined, proxyUrl: string): TokenSetting {
  if (property || proxyUrl !== resolveProxyUrl(undefined)) return property;
  const { getToken, tokenUrl } = readPageSettings();
  return getToken ?? tokenUrl;
}
