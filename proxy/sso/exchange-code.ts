/** From a code to a recruiter who is signed in: once, within minutes, and for the client that began alone. */
import { randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit-log.ts';
import type { CodeExchangeRequest, TokenResponse } from '../contract/sso.ts';
import type { SsoAttempt, StoredSignIn } from '../store/schema.ts';
import { timestamp } from '../util/clock.ts';
import { Unauthenticated } from '../util/errors.ts';
import { mapClaimsToRights } from './claim-mapping.ts';
import type { Identity } from './identity-provider.ts';
import type { GetOidcContext, OidcContext, SingleSignOnOptions } from './oidc-session.ts';
import { buildExchangePayload, isProofValid, matchesCodeChallenge } from './proof-of-possession.ts';
import { createTokenResponse } from './token-response.ts';

/** Milliseconds after which a recruiter signs in anew, whatever the provider would allow. */
const MAX_SIGN_IN_MS = 30 * 24 * 60 * 60_000;
/** Wrong codes for one attempt: eight letters of twenty are not guessed in these. */
const MAX_TRIES = 5;

/** @throws Unauthenticated where anything of it does not fit; it does not say what. */
export type ExchangeCode = (asked: CodeExchangeRequest, origin: string | undefined) => Promise<TokenResponse>;

export function createExchangeCode({ store, clock }: SingleSignOnOptions, open: GetOidcContext): ExchangeCode {
  const { hash } = store;

  function fits(held: SsoAttempt, asked: CodeExchangeRequest, origin: string | undefined): boolean {
    const { verifier, code, proof } = asked;
    const typed = code.toUpperCase().replaceAll(/[^A-Z]/g, '');
    return (
      (held.code === hash(code) || held.short_code === hash(typed)) &&
      matchesCodeChallenge(held.challenge, verifier) &&
      isProofValid(buildExchangePayload(asked), proof, held.client_key) &&
      (held.origin === null || held.origin === origin)
    );
  }

  return async (asked, origin) => {
    const desk = open();
    const place = hash(asked.attempt);
    const signIn = await store.write(async (queries) => {
      const { sso: signIns } = queries;
      const held = await signIns.getOpenAttempt(place);
      if (held?.step !== 'returned' || held.failed_redemptions >= MAX_TRIES) return undefined;
      if (!fits(held, asked, origin)) {
        await signIns.incrementFailedRedemptions(place);
        return undefined;
      }
      await signIns.deleteAttempt(place);
      const made = madeOf(held, desk);
      if (!made) return undefined;
      await signIns.insertSignIn(made);
      await recordAudit(queries, { actor: { iss: made.issuer, sub: made.sub }, action: 'signed_in' });
      return made;
    });
    if (!signIn) throw new Unauthenticated('This code is wrong or no longer good. Begin the sign-in again.');
    return createTokenResponse(signIn, desk, clock);
  };

  function madeOf(
    { attempt, identity: sealed, client_key, origin }: SsoAttempt,
    desk: OidcContext,
  ): StoredSignIn | undefined {
    const identity = sealed === null ? undefined : desk.keys.decrypt(sealed, attempt);
    if (identity === undefined) return undefined;
    const { sub, claims, providerRefreshToken: refreshToken } = JSON.parse(identity) as Identity;
    const rights = mapClaimsToRights(claims, desk.grants);
    if (!rights) return undefined;
    const sign_in = randomBytes(16).toString('base64url');
    const { name } = claims;
    return {
      sign_in,
      issuer: desk.issuer,
      sub,
      name: typeof name === 'string' && name.length <= 200 ? name : null,
      client_key,
      origin,
      projects: JSON.stringify(rights.projects),
      scope: rights.scope.join(' '),
      refresh_token: refreshToken === undefined ? null : desk.keys.encrypt(refreshToken, sign_in),
      refresh_generation: 0,
      refreshed_at: timestamp(clock),
      refresh_leased_until: null,
      created_at: timestamp(clock),
      expires_at: timestamp(clock, MAX_SIGN_IN_MS),
      ended_at: null,
    };
  }
}
