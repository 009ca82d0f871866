/** What the page has told us: on `window.EvalonWidget`, by the loader or by the page's own script. */
import type { TokenProvider, TokenSource } from './tokens.ts';

/** `window.EvalonWidget`. A page may set `getToken` before the script tag; the loader adds the rest. */
export interface EvalonWidgetSettings {
  /** Mints a recruiter token. */
  getToken?: TokenProvider;
  /** Same-origin address that answers a POST with `{token}`. */
  tokenUrl?: string;
  /** Where the proxy is; by default where the script came from. */
  proxyUrl?: string;
  /** Loads the elements now, for a page that puts them where the loader does not look: in shadow roots. */
  load?: () => Promise<unknown>;
}

declare global {
  interface Window {
    EvalonWidget?: EvalonWidgetSettings;
  }
}

const servedFrom = import.meta.url;

/**
 * The element's own attribute, else the page's setting, else the place that this very module was served from;
 * undefined where that is no address.
 */
export function resolveProxyUrl(own: string | undefined): string | undefined {
  try {
    const given = own || window.EvalonWidget?.proxyUrl || new URL('..', servedFrom);
    return new URL(given, document.baseURI).href.replace(/\/+$/, '');
  } catch {
    return undefined;
  }
}

/** The element's own `getToken`, else the page's, else the page's token address, else nobody signs in. */
export function resolveTokenSource(own: TokenProvider | undefined): TokenSource {
  const { getToken, tokenUrl } = window.EvalonWidget ?? {};
  return own ?? getToken ?? tokenUrl;
}
