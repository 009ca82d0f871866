/** The sources of a recruiter's token: the page or single sign-on. */
import type { TokenProvider } from '../package/settings.ts';
import { readString, toRecord } from '../util/json.ts';
import { resolvePageUrl } from '../util/page-url.ts';

export interface TokenSource {
  /** Whether recruiters sign in with the widget, because the page provides no token. */
  readonly isSingleSignOn: boolean;
  /** @param oldToken the token to replace. Only single sign-on needs it. */
  fetchToken(oldToken: string | undefined, signal: AbortSignal): Promise<unknown>;
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
    async fetchToken(oldToken) {
      const { getSsoToken } = await import('../sign-in/sso-token.ts');
      return getSsoToken(proxyUrl, oldToken);
    },
  };
}
