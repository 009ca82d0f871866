/** What a client gets that is signed in: a bearer, and the handle of this turn. */
import { ACCESS_TOKEN_TTL_SECONDS, mintAccessToken } from '../auth/access-token.ts';
import type { Scope } from '../auth/recruiter.ts';
import type { TokenResponse } from '../contract/sso.ts';
import type { StoredSignIn } from '../store/schema.ts';
import type { Clock } from '../util/clock.ts';
import type { OidcContext } from './oidc-session.ts';
import { mintRefreshToken } from './refresh-token.ts';

export async function createTokenResponse(
  { sign_in: signIn, sub, name, projects, scope, refresh_generation }: StoredSignIn,
  { keys, issuer }: OidcContext,
  clock: Clock,
): Promise<TokenResponse> {
  const facts = {
    signInId: signIn,
    sub,
    ...(name !== null && { name }),
    projects: JSON.parse(projects) as string[],
    scope: scope.split(' ') as Scope[],
  };
  const token = await mintAccessToken(facts, { key: keys.accessTokenKey, issuer }, clock);
  return {
    token,
    expires_in: ACCESS_TOKEN_TTL_SECONDS,
    handle: mintRefreshToken({ signInId: signIn, generation: refresh_generation }, keys),
    ...(name !== null && { name }),
  };
}
