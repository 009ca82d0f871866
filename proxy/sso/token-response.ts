/** The token response (RFC 6749, 5.1): an access token and the newest refresh token. */
import { ACCESS_TOKEN_TTL_SECONDS, mintAccessToken } from '../auth/access-token.ts';
import type { Scope } from '../auth/recruiter.ts';
import type { TokenResponse } from '../contract/sso.ts';
import type { StoredSignIn } from '../store/schema.ts';
import type { SignInKeys } from './derived-keys.ts';
import type { OidcContext } from './oidc-context.ts';

export async function createTokenResponse(
  { keys, issuer, clock }: OidcContext,
  { sign_in_id: signInId, sub, name, projects, scope, refresh_generation: generation }: StoredSignIn,
): Promise<TokenResponse> {
  const claims = {
    signInId,
    sub,
    ...(name !== null && { name }),
    projects: JSON.parse(projects) as string[],
    scope: scope.split(' ') as Scope[],
  };
  return {
    token: await mintAccessToken(claims, { key: keys.accessTokenKey, issuer }, clock),
    expires_in: ACCESS_TOKEN_TTL_SECONDS,
    handle: mintRefreshToken(keys, { signInId, generation }),
    ...(name !== null && { name }),
  };
}

/**
 * Each refresh increments the generation (RFC 6749, 10.4: rotation). Only the newest refresh token is valid, and for
 * some seconds the one before it (refresh.ts).
 */
export interface RefreshToken {
  signInId: string;
  generation: number;
}

/** `<sign-in>.<generation>.<HMAC>`: the proxy recognizes old refresh tokens without storing them. */
function mintRefreshToken(keys: SignInKeys, { signInId, generation }: RefreshToken): string {
  const content = `${signInId}.${generation}`;
  return `${content}.${keys.deriveSecret('handle', content)}`;
}

/** Returns undefined if this proxy did not issue the token, or issued it with another client secret. */
export function parseRefreshToken(keys: SignInKeys, token: string): RefreshToken | undefined {
  const [, content = '', signInId = '', generation = '', mac = ''] =
    /^((.+)\.(\d{1,9}))\.([\w-]{43})$/.exec(token) ?? [];
  return keys.isDerivedSecret(mac, 'handle', content) ? { signInId, generation: Number(generation) } : undefined;
}
