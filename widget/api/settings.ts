/** The page's settings on `window.EvalonWidget`, written by the page and by the loader. */
import type { TokenProvider, TokenSetting } from './token-source.ts';

/** A page may set these before the script tag; the loader adds the rest. */
export interface EvalonWidgetSettings {
  /** Returns a recruiter token. */
  getToken?: TokenProvider;
  /** Same-origin URL that returns `{token}` for a POST. */
  tokenUrl?: string;
  /** URL of the proxy; by default the origin of the script. */
  proxyUrl?: string;
  /** Loads the elements now. The loader does not look for them in shadow roots. */
  load?: () => Promise<unknown>;
}

declare global {
  interface Window {
    EvalonWidget?: EvalonWidgetSettings;
  }
}

const MODULE_URL = import.meta.url;

/** Returns the first of: the element's attribute, the page's setting, the origin of this module. Undefined if it is not a URL. */
export function resolveProxyUrl(attribute: string | undefined): string | undefined {
  try {
    const url = attribute || window.EvalonWidget?.proxyUrl || new URL('..', MODULE_URL);
    return new URL(url, document.baseURI).href.replace(/\/+$/, '');
  } catch {
    return undefined;
  }
}

/** Returns the first of: the element's `getToken`, the page's `getToken`, the page's token URL. */
export function resolveTokenSetting(property: TokenProvider | undefined): TokenSetting {
  const { getToken, tokenUrl } = window.EvalonWidget ?? {};
  return property ?? getToken ?? tokenUrl;
}
