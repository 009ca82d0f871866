/** A recruiter's browser as far as signing in goes: what the widget keeps there, and a window that follows redirects. */
import { SignInClient, type StoredTokens, type TokenStore } from '../../widget/sign-in/sso-client.ts';

export interface SignInWindow {
  status: number;
  /** Where it stands, fragment included. */
  finalUrl: string;
  html: string;
  /** What it would post to the page that opened it, and to which origin only. */
  handback?: { evalon: string; attempt: string; code?: string; detail?: string };
  origin?: string;
  shortCode?: string;
  headers: Headers;
}

/** A keeper in memory, without locks. */
export function createMemoryTokenStore(): TokenStore & { kept: StoredTokens | undefined } {
  const keeper: TokenStore & { kept: StoredTokens | undefined } = {
    kept: undefined,
    read: async () => keeper.kept,
    write: async (kept) => {
      keeper.kept = kept;
    },
    withLock: (run) => run(),
  };
  return keeper;
}

/** The widget's own client, on a page of this origin. */
export function createSignInClient(proxyUrl: string, origin: string, keeper = createMemoryTokenStore()) {
  const asPage: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), origin } });
  return { client: new SignInClient(proxyUrl, keeper, asPage), keeper };
}

/** Opens an address as a window of a browser would, keeping cookies by host, and signs in where it is asked to. */
export async function openSignInWindow(address: string, account = 'rita'): Promise<SignInWindow> {
  const cookies = new Map<string, string>();
  for (let url = new URL(address), steps = 0; steps < 20; steps++) {
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
      // Anywhere else a browser takes over, as it does for extensions.
      if (url.hostname === '127.0.0.1') continue;
    } else if (html.includes('Company sign-in')) {
      url.searchParams.set('account', account);
      continue;
    }
    return { status: response.status, finalUrl: url.href, headers: response.headers, html, ...partsOf(html) };
  }
  throw new Error('the window was sent around in a circle');
}

function partsOf(html: string): Pick<SignInWindow, 'handback' | 'origin' | 'shortCode'> {
  const [, data, origin] = /data-message="([^"]*)" data-origin="([^"]*)"/.exec(html) ?? [];
  const shortCode = /<output>([^<]*)<\/output>/.exec(html)?.[1];
  const plain = data?.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return {
    ...(plain && { handback: JSON.parse(plain) }),
    ...(origin && { origin }),
    ...(shortCode && { shortCode }),
  };
}
