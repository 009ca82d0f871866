/** Single sign-on as the rest of the proxy sees it. */
import type { AccessTokenSettings } from '../auth/access-token.ts';
import { type AuthorizationFlow, createAuthorizationFlow } from './authorization.ts';
import { createExchangeCode, type ExchangeCode } from './exchange-code.ts';
import { createGetOidcContext, type SingleSignOnOptions } from './oidc-session.ts';
import { createTokenRefresh, type TokenRefresh } from './refresh.ts';

export interface SingleSignOn extends AuthorizationFlow, TokenRefresh {
  exchangeCode: ExchangeCode;
  /** What proves the bearers that it hands out; undefined where it is not offered. */
  accessTokenSettings(): AccessTokenSettings | undefined;
}

export function createSingleSignOn(options: SingleSignOnOptions): SingleSignOn {
  const { store, config } = options;
  const open = createGetOidcContext(options);
  return {
    ...createAuthorizationFlow(options, open),
    ...createTokenRefresh(options, open),
    exchangeCode: createExchangeCode(options, open),
    accessTokenSettings() {
      if (!config().oidc) return undefined;
      const { keys, issuer } = open();
      const isAlive = (signIn: string) => store.read(({ sso: signIns }) => signIns.isSignInActive(signIn));
      return { key: keys.accessTokenKey, issuer, isSignInActive: isAlive };
    },
  };
}
