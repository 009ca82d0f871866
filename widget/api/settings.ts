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

/** The element's attribute, else the page's setting, else the origin of this module; undefined if that is no URL. */
export function resolveProxyUrl(attribute: string | undefined): string | undefined {
  try {
    const url = attribute || window.EvalonWidget?.proxyUrl || new URL('..', MODULE_URL);
    return new URL(url, document.baseURI).href.replace(/\/+$/, '');
  } catch {
    return undefined;
  }
}

/** The element's `getToken`, else the page's, else the page's token URL. */
export function resolveTokenSetting(property: TokenProvider | undefined): TokenSetting {
  const { getToken, tokenUrl } = window.EvalonWidget ?? {};
  return property ?? getToken ?? tokenUrl;
}
