/** The page's settings on `window.EvalonWidget`, written by the page and by the loader. */
import type { EvalonWidgetSettings, TokenProvider } from '../package/settings.ts';
import { resolvePageUrl } from '../util/page-url.ts';
import type { TokenSetting } from './token-source.ts';

const MODULE_URL = import.meta.url;

/** Reads only an own property of `window`. An element with the id `EvalonWidget` is an inherited property. */
function readPageSettings(): EvalonWidgetSettings {
  return (Object.hasOwn(window, 'EvalonWidget') && window.EvalonWidget) || {};
}

/**
 * Returns the first of: the element's attribute, the page's setting, the folder above this module's. Returns undefined
 * if the attribute or the setting is an invalid URL.
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
