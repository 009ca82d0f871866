/**
 * The company's identity provider, through openid-client: authorization code with PKCE, state, nonce and `iss` check.
 * Nothing that it says reaches a log or a recruiter but which kind of fault it was.
 */
import * as openid from 'openid-client';
import type { OidcConfig } from '../config/config.ts';
import { isLoopback } from '../config/settings.ts';
import { ProxyError, Unauthenticated, Unavailable } from '../util/errors.ts';

/** What one round to the provider is held against. */
export interface AuthorizationChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Whom the provider has let in. */
export interface Identity {
  sub: string;
  /** What it says of them by now. */
  claims: Record<string, unknown>;
  /** With which it can be asked again; absent where it gives none. */
  providerRefreshToken?: string | undefined;
}

export interface Provider {
  /** Where the recruiter signs in. */
  buildAuthorizationUrl(checks: AuthorizationChecks): Promise<string>;
  /** @param search with which the recruiter came back. */
  exchangeCode(search: string, checks: AuthorizationChecks): Promise<Identity>;
  /** Whether the recruiter is still let in, and what is said of them now. */
  refresh(refreshToken: string, sub: string): Promise<Identity>;
  /** Makes a refresh token worthless; false where the provider has no way to. */
  revoke(refreshToken: string): Promise<boolean>;
  /** Whether it can be asked. */
  ensureReachable(): Promise<unknown>;
}

/** Seconds for one request to the provider, and of clocks that differ. */
const TIMEOUT_SECONDS = 8;
const CLOCK_TOLERANCE_SECONDS = 60;
/** Milliseconds that what the provider says of itself is good for. */
const METADATA_TTL_MS = 60 * 60_000;
/** Where the provider lists what can be asked for; without a list all of it is asked for. */
const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

const UNREACHABLE_DETAIL = 'Your company’s sign-in service cannot be reached right now. Try again in a moment.';
const DENIED_DETAIL = 'Your company’s sign-in service did not let you in. Sign in again.';

/** @param returnTo the address that is registered at the provider. Each answer rejects with Unavailable or Unauthenticated. */
export function createProvider(settings: OidcConfig, returnTo: string, now: () => number): Provider {
  const { grants } = settings;
  let known: Promise<openid.Configuration> | undefined;
  let goodUntil = 0;

  async function configuration(): Promise<openid.Configuration> {
    if (known && now() < goodUntil) return known;
    goodUntil = now() + METADATA_TTL_MS;
    known = discoverProvider(settings);
    known.catch(() => {
      known = undefined;
    });
    return known;
  }

  async function identityOf(config: openid.Configuration, tokens: Tokens, sub: string): Promise<Identity> {
    const fresh = config.serverMetadata().userinfo_endpoint
      ? await openid.fetchUserInfo(config, tokens.access_token, sub)
      : {};
    return { sub, claims: { ...tokens.claims(), ...fresh }, providerRefreshToken: tokens.refresh_token };
  }

  return {
    buildAuthorizationUrl: (checks) =>
      mapProviderErrors(async () => {
        const config = await configuration();
        const { scopes_supported: supported } = config.serverMetadata();
        const wanted = [...SCOPES, ...(supported ? grants.map(({ claim }) => claim) : [])];
        return openid.buildAuthorizationUrl(config, {
          redirect_uri: returnTo,
          scope: [...new Set(wanted)].filter((scope) => !supported || supported.includes(scope)).join(' '),
          state: checks.state,
          nonce: checks.nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(checks.codeVerifier),
          code_challenge_method: 'S256',
        }).href;
      }),

    exchangeCode: (search, { state, nonce, codeVerifier: verifier }) =>
      mapProviderErrors(async () => {
        const config = await configuration();
        const tokens = await openid.authorizationCodeGrant(config, new URL(`${returnTo}${search}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        return identityOf(config, tokens, tokens.claims()?.sub ?? '');
      }),

    refresh: (refreshToken, sub) =>
      mapProviderErrors(async () => {
        const config = await configuration();
        const tokens = await openid.refreshTokenGrant(config, refreshToken);
        const named = tokens.claims()?.sub;
        if (named !== undefined && named !== sub) throw accessDenied('the provider answered for somebody else');
        const identity = await identityOf(config, tokens, sub);
        return { ...identity, providerRefreshToken: identity.providerRefreshToken ?? refreshToken };
      }),

    revoke: (refreshToken) =>
      mapProviderErrors(async () => {
        const config = await configuration();
        if (!config.serverMetadata().revocation_endpoint) return false;
        await openid.tokenRevocation(config, refreshToken, { token_type_hint: 'refresh_token' });
        return true;
      }),

    ensureReachable: () => mapProviderErrors(configuration),
  };
}

/** What the provider says of itself, held against the issuer that is named. */
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

/** As the provider likes it; where it does not say, as the standard has it by default. */
function createClientAuth(secret: string): openid.ClientAuth {
  const [basic, post] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, ...call) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (ways.includes('client_secret_basic') ? basic : post)(server, ...call);
  };
}

/** What went wrong as one of two facts: the provider said no, or could not be asked. */
async function mapProviderErrors<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProxyError) throw error;
    if (isRefusal(error)) throw accessDenied(errorName(error));
    throw new Unavailable(UNREACHABLE_DETAIL, { cause: errorName(error), retryAfter: 10 });
  }
}

function accessDenied(cause: string): Unauthenticated {
  return new Unauthenticated(DENIED_DETAIL, { cause });
}

/** Faults of an answer that was well understood: it does not fit what was asked. */
const MISMATCH_CODES = /^OAUTH_(INVALID_RESPONSE|JWT_TIMESTAMP_CHECK_FAILED|\w+_COMPARISON_FAILED)$/;

/** An answer that says no, or one that does not fit what was asked; everything else may be better in a moment. */
function isRefusal(error: unknown): boolean {
  if (error instanceof openid.AuthorizationResponseError) return true;
  if (error instanceof openid.ResponseBodyError) return error.error === 'invalid_grant';
  return error instanceof openid.ClientError && MISMATCH_CODES.test(error.code ?? '');
}

/** Names of faults only: messages and causes of the library may quote what the provider sent. */
function errorName(error: unknown): string {
  const { name, code, error: kind } = error as { name?: unknown; code?: unknown; error?: unknown };
  return [name, code, kind]
    .filter((word) => typeof word === 'string')
    .join(' ')
    .replaceAll(/[^\w .-]/g, '')
    .slice(0, 100);
}
