/**
 * The company's identity provider, through openid-client: authorization code flow with PKCE, state, nonce and issuer
 * check. Logs and recruiters see the kind of a provider's error, never its text.
 */
import * as openid from 'openid-client';
import type { OidcConfig } from '../config/config.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError, Unauthenticated, Unavailable } from '../util/errors.ts';
import { isLoopback } from '../util/loopback.ts';

export interface AuthorizationChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface Identity {
  sub: string;
  /** From the ID token and, if the provider has one, the userinfo endpoint. */
  claims: Record<string, unknown>;
  /** Absent if the provider issues none. */
  providerRefreshToken?: string | undefined;
}

/** Methods reject only with Unavailable or Unauthenticated. */
export interface IdentityProvider {
  buildAuthorizationUrl(checks: AuthorizationChecks): Promise<string>;
  /** @param search the query of the callback's URL, with `?`. */
  exchangeCode(search: string, checks: AuthorizationChecks): Promise<Identity>;
  /** Returns the current claims. Rejects with Unauthenticated if the provider no longer admits the user. */
  refresh(refreshToken: string, sub: string): Promise<Identity>;
  /** Does nothing if the provider has no revocation endpoint. */
  revoke(refreshToken: string): Promise<void>;
  ensureReachable(): Promise<unknown>;
}

const TIMEOUT_SECONDS = 8;
const CLOCK_TOLERANCE_SECONDS = 60;
const METADATA_TTL_MS = 60 * 60_000;
/** The scopes that the proxy requests. If the provider lists its scopes, the proxy omits those that are not listed. */
const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

const UNREACHABLE_DETAIL = "Your company's sign-in service can't be reached right now. Try again in a moment.";
const DENIED_DETAIL = "Your company's sign-in service denied access. Sign in again.";

/** @param redirectUri the redirect URI that is registered at the provider. */
export function createIdentityProvider(settings: OidcConfig, redirectUri: string, clock: Clock): IdentityProvider {
  const { grants } = settings;
  let discovered: Promise<openid.Configuration> | undefined;
  let staleAt = 0;

  async function discover(): Promise<openid.Configuration> {
    if (discovered && clock.monotonic() < staleAt) return discovered;
    staleAt = clock.monotonic() + METADATA_TTL_MS;
    discovered = discoverProvider(settings);
    discovered.catch(() => {
      discovered = undefined;
    });
    return discovered;
  }

  async function fetchIdentity(config: openid.Configuration, tokens: Tokens, sub: string): Promise<Identity> {
    const userInfo = config.serverMetadata().userinfo_endpoint
      ? await openid.fetchUserInfo(config, tokens.access_token, sub)
      : {};
    return { sub, claims: { ...tokens.claims(), ...userInfo }, providerRefreshToken: tokens.refresh_token };
  }

  return {
    buildAuthorizationUrl: ({ state, nonce, codeVerifier }) =>
      mapProviderErrors(async () => {
        const config = await discover();
        const { scopes_supported: supported } = config.serverMetadata();
        // Some providers return a claim, such as `groups`, only if the scope of the same name is requested.
        const wanted = [...SCOPES, ...(supported ? grants.map(({ claim }) => claim) : [])];
        return openid.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: [...new Set(wanted)].filter((scope) => !supported || supported.includes(scope)).join(' '),
          state,
          nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
        }).href;
      }),

    exchangeCode: (search, { state, nonce, codeVerifier }) =>
      mapProviderErrors(async () => {
        const config = await discover();
        const tokens = await openid.authorizationCodeGrant(config, new URL(`${redirectUri}${search}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        return fetchIdentity(config, tokens, tokens.claims()?.sub ?? '');
      }),

    refresh: (refreshToken, sub) =>
      mapProviderErrors(async () => {
        const config = await discover();
        const tokens = await openid.refreshTokenGrant(config, refreshToken);
        const returnedSub = tokens.claims()?.sub;
        if (returnedSub !== undefined && returnedSub !== sub) throw accessDenied('the provider returned another user');
        return fetchIdentity(config, tokens, sub);
      }),

    revoke: (refreshToken) =>
      mapProviderErrors(async () => {
        const config = await discover();
        if (!config.serverMetadata().revocation_endpoint) return;
        await openid.tokenRevocation(config, refreshToken, { token_type_hint: 'refresh_token' });
      }),

    ensureReachable: () => mapProviderErrors(discover),
  };
}

/** Reads the provider's metadata (OpenID Connect Discovery) and checks the issuer. */
export function discoverProvider({ issuer, clientId, clientSecret }: OidcConfig): Promise<openid.Configuration> {
  const server = new URL(issuer);
  return openid.discovery(
    server,
    clientId,
    { [openid.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    createClientAuth(clientSecret),
    {
      timeout: TIMEOUT_SECONDS,
      ...(isLoopback(server.hostname) && { execute: [openid.allowInsecureRequests] }),
    },
  );
}

type Tokens = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;

/** `client_secret_basic` is the default if the provider names no method (OpenID Connect Discovery, 3). */
function createClientAuth(secret: string): openid.ClientAuth {
  const [basic, post] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, ...call) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? basic : post)(server, ...call);
  };
}

/** Maps every error to Unauthenticated (the provider denied access) or Unavailable (it cannot be reached). */
async function mapProviderErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProxyError) throw error;
    if (isDenial(error)) throw accessDenied(errorName(error));
    throw new Unavailable(UNREACHABLE_DETAIL, { cause: errorName(error), retryAfterSeconds: 10 });
  }
}

function accessDenied(cause: string): Unauthenticated {
  return new Unauthenticated(DENIED_DETAIL, { cause });
}

/** Codes of responses that are well-formed but fail a check. */
const MISMATCH_CODES = /^OAUTH_(INVALID_RESPONSE|JWT_TIMESTAMP_CHECK_FAILED|\w+_COMPARISON_FAILED)$/;

/** Whether a retry is pointless: the provider denied access, or its response fails a check. */
function isDenial(error: unknown): boolean {
  if (error instanceof openid.AuthorizationResponseError) return true;
  if (error instanceof openid.ResponseBodyError) return error.error === 'invalid_grant';
  return error instanceof openid.ClientError && MISMATCH_CODES.test(error.code ?? '');
}

const MAX_ERROR_NAME_CHARS = 100;

/** Returns names and codes only: the library's messages may quote what the provider sent. */
function errorName(error: unknown): string {
  const { name, code, error: oauthError } = error as { name?: unknown; code?: unknown; error?: unknown };
  return [name, code, oauthError]
    .filter((word) => typeof word === 'string')
    .join(' ')
    .replaceAll(/[^\w .-]/g, '')
    .slice(0, MAX_ERROR_NAME_CHARS);
}
