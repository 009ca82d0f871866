/** Single sign-on through OpenID Connect, as the rest of the proxy uses it. */
import type { AccessTokenSettings } from '../auth/access-token.ts';
import type {
  AuthorizationRequest,
  AuthorizationResponse,
  CodeExchangeRequest,
  RefreshRequest,
  TokenResponse,
} from '../contract/sso.ts';
import { buildProviderUrl, type CallbackResult, handleCallback, startAuthorization } from './authorization.ts';
import { exchangeCode } from './exchange-code.ts';
import { createGetOidc, type SingleSignOnOptions } from './oidc-context.ts';
import { createRefresh, type Refresh, signOut } from './refresh.ts';

/**
 * `origin` is that of the requesting page. If single sign-on is not configured, every method that returns a promise
 * rejects with NotFound.
 */
export interface SingleSignOn {
  isConfigured(): boolean;
  start(request: AuthorizationRequest, origin: string | undefined): Promise<AuthorizationResponse>;
  /** Returns the identity provider's URL that the sign-in window is redirected to. */
  buildProviderUrl(attempt: string): Promise<string>;
  handleCallback(search: string): Promise<CallbackResult>;
  exchangeCode(request: CodeExchangeRequest, origin: string | undefined): Promise<TokenResponse>;
  /**
   * @throws Unauthenticated if the sign-in has ended; Forbidden if the recruiter lost all access; Unavailable, without
   *   any change, if the provider cannot be reached.
   */
  refresh: Refresh;
  signOut(request: RefreshRequest, origin: string | undefined): Promise<void>;
  /** How to verify the access tokens that the proxy issues. Undefined if single sign-on is not configured. */
  accessTokenSettings(): AccessTokenSettings | undefined;
}

export function createSingleSignOn(options: SingleSignOnOptions): SingleSignOn {
  const { store, config } = options;
  const getOidc = createGetOidc(options);
  return {
    isConfigured: () => config().oidc !== undefined,
    start: async (request, origin) => startAuthorization(getOidc(), request, origin),
    buildProviderUrl: async (attempt) => buildProviderUrl(getOidc(), attempt),
    handleCallback: async (search) => handleCallback(getOidc(), search),
    exchangeCode: async (request, origin) => exchangeCode(getOidc(), request, origin),
    refresh: createRefresh(getOidc),
    signOut: async (request, origin) => signOut(getOidc(), request, origin),
    accessTokenSettings() {
      if (!config().oidc) return undefined;
      const { keys, issuer } = getOidc();
      const isSignInActive = (signInId: string) => store.read(({ sso }) => sso.isSignInActive(signInId));
      return { key: keys.accessTokenKey, issuer, isSignInActive };
    },
  };
}
