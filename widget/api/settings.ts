/** The page's settings on `window.EvalonWidget`, written by the page and by the loader. */
import type { Finding } from '../diagnose/finding.ts';
import { resolvePageUrl } from '../util/page-url.ts';
import type { TokenProvider, TokenSetting } from './token-source.ts';

/** A page may set these before the script tag; the loader adds the rest. */
export interface EvalonWidgetSettings {
  /** Returns a recruiter token. */
  getToken?: TokenProvider;
  /** Same-origin URL that returns `{token}` for a POST. */
  tokenUrl?: string;
  /** URL of the proxy; by default the origin of the script. */
  proxyUrl?: string;
  /** Loads all elements now. The loader finds no elements in shadow roots. */
  load?: () => Promise<unknown>;
  /** Prints into the console what is wrong with the embed, and returns it. */
  diagnose?: () => Promise<Finding[]>;
}

declare global {
  interface Window {
    EvalonWidget?: EvalonWidgetSettings;
  }
}

const MODULE_URL = import.meta.url;

/** Ignores an element with the id `EvalonWidget`, which is a property of `window` too, but not an own property. */
function readPageSettings(): EvalonWidgetSettings {
  return (Object.hasOwn(window, 'EvalonWidget') && window.EvalonWidget) || {};
}

/**
 * Returns the first of: the element's attribute, the page's setting, the origin of this module. Returns undefined if it is
 * not a valid URL.
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
