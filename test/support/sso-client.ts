/** A recruiter's browser during sign-in: the widget's client with a token store in memory, and a window. */
import type { CallbackMessage } from '../../proxy/contract/sso.ts';
import { SignInClient, type StoredTokens, type TokenStore } from '../../widget/sign-in/sso-client.ts';
import { assertDocumented } from './openapi-check.ts';

export interface SignInWindow {
  status: number;
  /** Including the fragment. */
  finalUrl: string;
  html: string;
  /** What the window would post to its opener. */
  callbackMessage?: CallbackMessage;
  /** The only origin to which the window would post the message. */
  origin?: string;
  shortCode?: string;
  headers: Headers;
}

const MAX_STEPS = 20;

export type MemoryTokenStore = TokenStore & { tokens: StoredTokens | undefined };

/** Creates a token store without a lock, for a single tab. */
export function createMemoryTokenStore(): MemoryTokenStore {
  const tokenStore: MemoryTokenStore = {
    tokens: undefined,
    read: async () => tokenStore.tokens,
    write: async (tokens) => {
      tokenStore.tokens = tokens;
    },
    withLock: (run) => run(),
  };
  return tokenStore;
}

/** Creates the widget's sign-in client. Its requests have the origin of the page. */
export function createSignInClient(proxyUrl: string, origin: string, tokenStore = createMemoryTokenStore()) {
  const fetchAsPage: typeof fetch = async (input, init) => {
    const response = await fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), origin } });
    const { status, headers } = response;
    const body = await response.clone().json();
    assertDocumented({ method: init?.method ?? 'GET', path: new URL(String(input)).pathname, status, headers, body });
    return response;
  };
  return { client: new SignInClient(proxyUrl, tokenStore, fetchAsPage), tokenStore };
}

/** Opens a URL like a browser's window: follows redirects, keeps cookies, and signs in at the provider's page. */
export async function openSignInWindow(address: string, account = 'rita'): Promise<SignInWindow> {
  const cookies = new Map<string, string>();
  for (let url = new URL(address), steps = 0; steps < MAX_STEPS; steps++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const location = response.headers.get('location');
    const html = await response.text();
    if (location) {
      url = new URL(location, url);
      // Only the sign-in of an extension redirects to another host. A browser intercepts that redirect.
      if (url.hostname === '127.0.0.1') continue;
    } else if (html.includes('Company sign-in')) {
      url.searchParams.set('account', account);
      continue;
    }
    return { status: response.status, finalUrl: url.href, headers: response.headers, html, ...parseCallbackPage(html) };
  }
  throw new Error('the window was redirected in a loop');
}

function parseCallbackPage(html: string): Pick<SignInWindow, 'callbackMessage' | 'origin' | 'shortCode'> {
  const [, data, origin] = /data-message="([^"]*)" data-origin="([^"]*)"/.exec(html) ?? [];
  const shortCode = /<output[^>]*>([^<]*)<\/output>/.exec(html)?.[1];
  const json = data?.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return {
    ...(json && { callbackMessage: JSON.parse(json) as CallbackMessage }),
    ...(origin && { origin }),
    ...(shortCode && { shortCode }),
  };
}
