/**
 * Exchanges a code for tokens (RFC 6749, 4.1.3): once, within minutes, and only for the client that started the
 * sign-in.
 */
import { randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit-log.ts';
import type { CodeExchangeRequest, TokenResponse } from '../contract/sso.ts';
import type { SsoAttempt, StoredSignIn } from '../store/schema.ts';
import { timestamp } from '../util/clock.ts';
import { Unauthenticated } from '../util/errors.ts';
import { mapClaimsToRights } from './claim-mapping.ts';
import type { Identity } from './identity-provider.ts';
import type { OidcContext } from './oidc-context.ts';
import { buildExchangePayload, isProofValid, matchesCodeChallenge } from './proof-of-possession.ts';
import { createTokenResponse } from './token-response.ts';

/** Recruiters sign in again after this time, even if the provider would allow longer. */
const MAX_SIGN_IN_MS = 30 * 24 * 60 * 60_000;
/** Requests with a wrong code, verifier, proof or origin, for each attempt. A short code has 20^8 possible values. */
const MAX_FAILED_EXCHANGES = 5;
const MAX_NAME_CHARS = 200;

/** @throws Unauthenticated if any part of the request is wrong. The error does not reveal which part. */
export async function exchangeCode(
  oidc: OidcContext,
  request: CodeExchangeRequest,
  origin: string | undefined,
): Promise<TokenResponse> {
  const { store } = oidc;
  const attemptHash = store.hash(request.attempt);
  const signIn = await store.write(async (queries) => {
    const attempt = await queries.sso.getOpenAttempt(attemptHash);
    if (attempt?.step !== 'code_issued' || attempt.failed_redemptions >= MAX_FAILED_EXCHANGES) return undefined;
    if (!isAuthorized(oidc, attempt, request, origin)) {
      await queries.sso.incrementFailedRedemptions(attemptHash);
      return undefined;
    }
    await queries.sso.deleteAttempt(attemptHash);
    const row = createSignIn(oidc, attempt);
    if (!row) return undefined;
    await queries.sso.insertSignIn(row);
    await recordAudit(queries, { actor: { iss: row.issuer, sub: row.sub }, action: 'signed_in' });
    return row;
  });
  if (!signIn) throw new Unauthenticated('That code is incorrect or has expired. Sign in again.');
  return createTokenResponse(oidc, signIn);
}

function isAuthorized(
  { store: { hash } }: OidcContext,
  attempt: SsoAttempt,
  request: CodeExchangeRequest,
  origin: string | undefined,
): boolean {
  const { verifier, code, proof } = request;
  const typedCode = code.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return (
    (attempt.code_hash === hash(code) || attempt.short_code_hash === hash(typedCode)) &&
    matchesCodeChallenge(attempt.code_challenge, verifier) &&
    isProofValid(buildExchangePayload(request), proof, attempt.client_key) &&
    (attempt.origin === null || attempt.origin === origin)
  );
}

/** Returns undefined if the identity was encrypted with another client secret, or if it no longer matches a grant. */
function createSignIn(
  { keys, grants, issuer, clock, store }: OidcContext,
  { attempt_hash, encrypted_identity, client_key, origin }: SsoAttempt,
): StoredSignIn | undefined {
  const identity = encrypted_identity === null ? undefined : keys.decrypt(encrypted_identity, attempt_hash);
  if (identity === undefined) return undefined;
  const { sub, claims, providerRefreshToken } = JSON.parse(identity) as Identity;
  const rights = mapClaimsToRights(claims, grants);
  if (!rights) return undefined;
  const sign_in_id = randomBytes(16).toString('base64url');
  const { name } = claims;
  return {
    sign_in_id,
    issuer,
    sub,
    name: typeof name === 'string' && name.length <= MAX_NAME_CHARS ? name : null,
    client_key,
    origin,
    projects: JSON.stringify(rights.projects),
    scope: rights.scope.join(' '),
    encrypted_refresh_token: providerRefreshToken === undefined ? null : keys.encrypt(providerRefreshToken, sign_in_id),
    refresh_generation: 0,
    refreshed_at: store.dueClock.dueAt(),
    refresh_leased_until: null,
    created_at: timestamp(clock),
    expires_at: timestamp(clock, MAX_SIGN_IN_MS),
    ended_at: null,
  };
}
