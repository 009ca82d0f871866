/** What a client gets that is signed in: a bearer, and the handle of this turn. */
import { BEARER_LIFE, mintBearer } from '../auth/access-token.ts';
import type { Scope } from '../auth/recruiter.ts';
import type { SignedInAnswer } from '../contract/sso.ts';
import type { StoredSignIn } from '../store/schema.ts';
import type { Clock } from '../util/clock.ts';
import type { Desk } from './oidc-session.ts';
import { handleOf } from './refresh-token.ts';

export async function answerFor(
  { sign_in: signIn, sub, name, projects, scope, turn }: StoredSignIn,
  { keys, issuer }: Desk,
  clock: Clock,
): Promise<SignedInAnswer> {
  const facts = {
    signIn,
    sub,
    ...(name !== null && { name }),
    projects: JSON.parse(projects) as string[],
    scope: scope.split(' ') as Scope[],
  };
  const token = await mintBearer(facts, { key: keys.bearer, issuer }, clock);
  return { token, expires_in: BEARER_LIFE, handle: handleOf({ signIn, turn }, keys), ...(name !== null && { name }) };
}
