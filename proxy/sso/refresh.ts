/**
 * Refreshes tokens (RFC 6749, 6) and ends sign-ins. The client sends its newest refresh token and signs the request
 * with its key. The proxy requests the recruiter's current claims from the provider and returns the next refresh token.
 * If a request has another key's signature, or an older refresh token after a grace period, the token may be stolen. So
 * the proxy ends the sign-in.
 */
import { recordAudit } from '../audit/audit-log.ts';
import { signInExpired } from '../auth/access-token.ts';
import type { RefreshRequest, TokenResponse } from '../contract/sso.ts';
import type { StoredSignIn } from '../store/schema.ts';
import { timestamp } from '../util/clock.ts';
import { Forbidden, type ProxyError, Unauthenticated, Unavailable } from '../util/errors.ts';
import { mapClaimsToRights } from './claim-mapping.ts';
import type { GetOidc, OidcContext } from './oidc-context.ts';
import { buildRefreshPayload, isProofValid } from './proof-of-possession.ts';
import { createTokenResponse, parseRefreshToken } from './token-response.ts';

/**
 * For this long, the proxy also accepts the previous refresh token: a second tab may send it, or the response was lost.
 */
const REUSE_GRACE_MS = 30_000;
/** Long enough for all requests to the provider in one refresh. */
const REFRESH_LEASE_MS = 30_000;

/** `detail` of the audit entry. */
type EndReason =
  | 'refresh_token_reused'
  | 'wrong_key'
  | 'wrong_origin'
  | 'refused_by_provider'
  | 'no_grant'
  | 'other_settings';

export type Refresh = (request: RefreshRequest, origin: string | undefined) => Promise<TokenResponse>;

/** Refreshes of one sign-in run one after another, because the provider's refresh token may be single-use. */
export function createRefresh(getOidc: GetOidc): Refresh {
  const lastRefresh = new Map<string, Promise<unknown>>();

  function runInSequence<T>(signInId: string, run: () => Promise<T>): Promise<T> {
    const result = (lastRefresh.get(signInId) ?? Promise.resolve()).then(run);
    const settled = result
      .catch(() => {})
      .then(() => {
        if (lastRefresh.get(signInId) === settled) lastRefresh.delete(signInId);
      });
    lastRefresh.set(signInId, settled);
    return result;
  }

  return async (request, origin) => {
    const oidc = getOidc();
    const { signInId = '' } = parseRefreshToken(oidc.keys, request.handle) ?? {};
    return runInSequence(signInId, async () => {
      const { row, generation } = await authenticateClient(oidc, 'renew', request, origin);
      if (generation === row.refresh_generation) return refresh(oidc, row);
      const isWithinGrace =
        generation === row.refresh_generation - 1 && oidc.store.dueClock.msUntil(row.refreshed_at) > -REUSE_GRACE_MS;
      return isWithinGrace ? createTokenResponse(oidc, row) : endAndThrow(oidc, 'refresh_token_reused', row);
    });
  };
}

export async function signOut(oidc: OidcContext, request: RefreshRequest, origin: string | undefined): Promise<void> {
  const { row } = await authenticateClient(oidc, 'out', request, origin);
  await endSignIn(oidc, row);
}

/**
 * Returns the sign-in of the refresh token.
 * @throws Unauthenticated if the sign-in has ended, or if the request has another key's signature or another origin.
 */
async function authenticateClient(
  oidc: OidcContext,
  use: 'renew' | 'out',
  request: RefreshRequest,
  origin: string | undefined,
): Promise<{ row: StoredSignIn; generation: number }> {
  const { keys, store, clock } = oidc;
  const token = parseRefreshToken(keys, request.handle);
  const row = token && (await store.read(({ sso }) => sso.getSignIn(token.signInId)));
  if (!row || row.ended_at !== null || row.expires_at <= timestamp(clock)) {
    throw signInExpired('the refresh token is unknown or its sign-in has ended');
  }
  const hasSignature = isProofValid(buildRefreshPayload(use, request), request.proof, row.client_key);
  if (!hasSignature) return endAndThrow(oidc, 'wrong_key', row);
  if (row.origin !== null && row.origin !== origin) return endAndThrow(oidc, 'wrong_origin', row);
  return { row, generation: token.generation };
}

async function refresh(oidc: OidcContext, row: StoredSignIn): Promise<TokenResponse> {
  const { store, keys, provider, grants, issuer } = oidc;
  const { sign_in_id: signInId, refresh_generation: generation } = row;
  const refreshToken =
    row.encrypted_refresh_token === null ? undefined : keys.decrypt(row.encrypted_refresh_token, signInId);
  if (row.issuer !== issuer || (row.encrypted_refresh_token !== null && refreshToken === undefined)) {
    return endAndThrow(oidc, 'other_settings', row);
  }
  if (refreshToken === undefined) return endAndThrow(oidc, 'refused_by_provider', row);
  await acquireLease(oidc, row);
  const identity = await provider.refresh(refreshToken, row.sub).catch(async (error: unknown) => {
    if (error instanceof Unauthenticated) return endAndThrow(oidc, 'refused_by_provider', row);
    await store.write(({ sso }) => sso.updateSignIn(signInId, generation, { refresh_leased_until: null }));
    throw error;
  });
  const encrypted_refresh_token = keys.encrypt(identity.providerRefreshToken ?? refreshToken, signInId);
  const rights = mapClaimsToRights(identity.claims, grants);
  // The provider may have replaced its refresh token, so the new one must be revoked.
  if (!rights) return endAndThrow(oidc, 'no_grant', { ...row, encrypted_refresh_token });
  const changes = {
    encrypted_refresh_token,
    projects: JSON.stringify(rights.projects),
    scope: rights.scope.join(' '),
    refresh_generation: generation + 1,
    refreshed_at: store.dueClock.dueAt(),
    refresh_leased_until: null,
  };
  if (!(await store.write(({ sso }) => sso.updateSignIn(signInId, generation, changes)))) {
    throw signInExpired('the recruiter signed out during the refresh');
  }
  return createTokenResponse(oidc, { ...row, ...changes });
}

/** Prevents other processes from refreshing the same sign-in at the same time. */
async function acquireLease({ store }: OidcContext, { sign_in_id, refresh_generation }: StoredSignIn): Promise<void> {
  const isAcquired = await store.write(async ({ sso, dueClock }) => {
    const { refresh_leased_until: leasedUntil } = (await sso.getSignIn(sign_in_id)) ?? {};
    if (leasedUntil && dueClock.msUntil(leasedUntil) > 0) return false;
    return sso.updateSignIn(sign_in_id, refresh_generation, { refresh_leased_until: dueClock.dueAt(REFRESH_LEASE_MS) });
  });
  if (!isAcquired) {
    throw new Unavailable('Your sign-in is already being renewed. Try again in a moment.', { retryAfterSeconds: 1 });
  }
}

async function endAndThrow(oidc: OidcContext, reason: EndReason, row: StoredSignIn): Promise<never> {
  await endSignIn(oidc, row, reason);
  throw reason === 'no_grant'
    ? new Forbidden('Your account no longer has access to Evalon projects. Ask IT for access.')
    : signInExpired(reason);
}

/**
 * Ends the sign-in, and revokes the provider's refresh token if possible.
 * @param reason absent if the recruiter signed out.
 */
async function endSignIn(oidc: OidcContext, row: StoredSignIn, reason?: EndReason): Promise<void> {
  const { store, log, keys, provider, issuer } = oidc;
  const refreshToken =
    row.encrypted_refresh_token === null ? undefined : keys.decrypt(row.encrypted_refresh_token, row.sign_in_id);
  const actor = { iss: row.issuer, sub: row.sub };
  const isEnded = await store.write(async (queries) => {
    if (!(await queries.sso.endSignIn(row.sign_in_id))) return false;
    await recordAudit(
      queries,
      reason ? { actor, action: 'sign_in_ended', detail: reason } : { actor, action: 'signed_out' },
    );
    return true;
  });
  if (reason) log.warn({ reason }, 'the proxy ended a sign-in');
  if (!isEnded || refreshToken === undefined || row.issuer !== issuer) return;
  await provider.revoke(refreshToken).catch(({ cause }: ProxyError) => {
    log.warn({ reason: cause }, 'failed to revoke the refresh token of an ended sign-in at the identity provider');
  });
}
