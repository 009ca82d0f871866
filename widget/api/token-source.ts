/** The sources of a recruiter's token: the page or single sign-on. */
import type { TokenProvider } from '../package/settings.ts';
import { readString, toRecord } from '../util/json.ts';
import { resolvePageUrl } from '../util/page-url.ts';

export interface TokenSource {
  /** True if the page provides no token. Recruiters then sign in with the widget, unless the proxy needs no token. */
  readonly isSingleSignOn: boolean;
  /** @param refused the previous token, if the proxy refused it or it expires soon. Only single sign-on needs it. */
  fetchToken(refused: string | undefined, signal: AbortSignal): Promise<unknown>;
}

/** What the page provides: a function, the same-origin URL of its token endpoint, or nothing. */
export type TokenSetting = TokenProvider | string | undefined;

export function createTokenSource(setting: TokenSetting, proxyUrl: string, fetcher: typeof fetch): TokenSource {
  if (typeof setting === 'function') return { isSingleSignOn: false, fetchToken: async () => setting() };
  if (setting) {
    return {
      isSingleSignOn: false,
      async fetchToken(_, signal) {
        const response = await fetcher(resolvePageUrl(setting), {
          method: 'POST',
          mode: 'same-origin',
          cache: 'no-store',
          signal,
        });
        return response.ok ? readString(toRecord(await response.json()), 'token') : undefined;
      },
    };
  }
  return {
    isSingleSignOn: true,
    async fetchToken(refused) {
      const { getSsoToken } = await import('../sign-in/sso-token.ts');
      return getSsoToken(proxyUrl, refused);
    },
  };
}
