/** From a code to a recruiter who is signed in: once, within minutes, and for the client that began alone. */
import { randomBytes } from 'node:crypto';
import { note } from '../audit/audit-log.ts';
import type { Redeem, SignedInAnswer } from '../contract/sso.ts';
import type { Attempt, StoredSignIn } from '../store/schema.ts';
import { timestamp } from '../util/clock.ts';
import { Unauthenticated } from '../util/errors.ts';
import { rightsOf } from './claim-mapping.ts';
import type { Identity } from './identity-provider.ts';
import type { Desk, OpenDesk, SignOnOptions } from './oidc-session.ts';
import { isChallenge, isProven, redeemText } from './proof-of-possession.ts';
import { answerFor } from './token-response.ts';

/** Milliseconds after which a recruiter signs in anew, whatever the provider would allow. */
const LONGEST = 30 * 24 * 60 * 60_000;
/** Wrong codes for one attempt: eight letters of twenty are not guessed in these. */
const TRIES = 5;

/** @throws Unauthenticated where anything of it does not fit; it does not say what. */
export type RedeemCode = (asked: Redeem, origin: string | undefined) => Promise<SignedInAnswer>;

export function createRedeem({ store, clock }: SignOnOptions, open: OpenDesk): RedeemCode {
  const { hash } = store;

  function fits(held: Attempt, asked: Redeem, origin: string | undefined): boolean {
    const { verifier, code, proof } = asked;
    const typed = code.toUpperCase().replaceAll(/[^A-Z]/g, '');
    return (
      (held.code === hash(code) || held.short_code === hash(typed)) &&
      isChallenge(held.challenge, verifier) &&
      isProven(redeemText(asked), proof, held.client_key) &&
      (held.origin === null || held.origin === origin)
    );
  }

  return async (asked, origin) => {
    const desk = open();
    const place = hash(asked.attempt);
    const signIn = await store.write(async (queries) => {
      const { signIns } = queries;
      const held = await signIns.attempt(place);
      if (held?.step !== 'returned' || held.tries >= TRIES) return undefined;
      if (!fits(held, asked, origin)) {
        await signIns.countTry(place);
        return undefined;
      }
      await signIns.drop(place);
      const made = madeOf(held, desk);
      if (!made) return undefined;
      await signIns.add(made);
      await note(queries, { actor: { iss: made.issuer, sub: made.sub }, action: 'signed_in' });
      return made;
    });
    if (!signIn) throw new Unauthenticated('This code is wrong or no longer good. Begin the sign-in again.');
    return answerFor(signIn, desk, clock);
  };

  function madeOf({ attempt, identity: sealed, client_key, origin }: Attempt, desk: Desk): StoredSignIn | undefined {
    const identity = sealed === null ? undefined : desk.keys.open(sealed, attempt);
    if (identity === undefined) return undefined;
    const { sub, claims, refreshToken } = JSON.parse(identity) as Identity;
    const rights = rightsOf(claims, desk.grants);
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
      refresh_token: refreshToken === undefined ? null : desk.keys.seal(refreshToken, sign_in),
      turn: 0,
      turned_at: timestamp(clock),
      renewing_until: null,
      created_at: timestamp(clock),
      expires_at: timestamp(clock, LONGEST),
      ended_at: null,
    };
  }
}
