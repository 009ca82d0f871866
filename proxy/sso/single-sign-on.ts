/** Single sign-on through OpenID Connect, as the rest of the proxy uses it. */
import type { AccessTokenSettings } from '../auth/access-token.ts';
import type {
  AuthorizationRequest,
  AuthorizationResponse,
  CodeExchangeRequest,
  RefreshRequest,
  TokenResponse,
} from '../contract/sso.ts';
import { type CallbackResult, handleCallback, redirectToProvider, startAuthorization } from './authorization.ts';
import { exchangeCode } from './exchange-code.ts';
import { createGetOidc, type SingleSignOnOptions } from './oidc-context.ts';
import { createRefreshTokens, type RefreshTokens, signOut } from './refresh.ts';

/** Every method throws NotFound if single sign-on is not configured. `origin` is that of the requesting page. */
export interface SingleSignOn {
  start(request: AuthorizationRequest, origin: string | undefined): Promise<AuthorizationResponse>;
  redirect(attempt: string): Promise<string>;
  handleCallback(search: string): Promise<CallbackResult>;
  exchangeCode(request: CodeExchangeRequest, origin: string | undefined): Promise<TokenResponse>;
  /**
   * @throws Unauthenticated if the sign-in has ended; Forbidden if the recruiter lost all access; Unavailable if the
   *   provider cannot be reached, and then nothing has changed.
   */
  refresh: RefreshTokens;
  signOut(request: RefreshRequest, origin: string | undefined): Promise<void>;
  /** How to verify the access tokens it issues. Undefined if single sign-on is not configured. */
  accessTokenSettings(): AccessTokenSettings | undefined;
}

export function createSingleSignOn(options: SingleSignOnOptions): SingleSignOn {
  const { store, config } = options;
  const getOidc = createGetOidc(options);
  return {
    start: async (request, origin) => startAuthorization(getOidc(), request, origin),
    redirect: async (attempt) => redirectToProvider(getOidc(), attempt),
    handleCallback: async (search) => handleCallback(getOidc(), search),
    exchangeCode: async (request, origin) => exchangeCode(getOidc(), request, origin),
    refresh: createRefreshTokens(getOidc),
    signOut: async (request, origin) => signOut(getOidc(), request, origin),
    accessTokenSettings() {
      if (!config().oidc) return undefined;
      const { keys, issuer } = getOidc();
      const isSignInActive = (signInId: string) => store.read(({ sso }) => sso.isSignInActive(signInId));
      return { key: keys.accessTokenKey, issuer, isSignInActive };
    },
  };
}
