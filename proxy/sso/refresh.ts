/**
 * To stay signed in: the newest handle, signed by the client's key, brings the next one, and the provider is asked again
 * what the recruiter may do. A handle of before, or one that somebody else signs, was stolen: then the sign-in ends.
 */

import { recordAudit } from '../audit/audit-log.ts';
import type { RefreshRequest, TokenResponse } from '../contract/sso.ts';
import type { StoredSignIn } from '../store/schema.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Forbidden, type ProxyError, Unauthenticated, Unavailable } from '../util/errors.ts';
import { mapClaimsToRights } from './claim-mapping.ts';
import type { GetOidcContext, OidcContext, SingleSignOnOptions } from './oidc-session.ts';
import { buildRefreshPayload, isProofValid } from './proof-of-possession.ts';
import { parseRefreshToken } from './refresh-token.ts';
import { createTokenResponse } from './token-response.ts';

/** Milliseconds that the handle before the newest is answered with the newest: two tabs, or an answer that got lost. */
const REUSE_GRACE_MS = 30_000;
/** Milliseconds that one renewal may take, all requests to the provider included. */
const REFRESH_LEASE_MS = 30_000;

export interface TokenRefresh {
  /**
   * @throws Unauthenticated where the sign-in is over, by this or before; Forbidden where the recruiter may do nothing
   *   here any more; Unavailable where the provider cannot be asked: then nothing has changed.
   */
  refresh(asked: RefreshRequest, origin: string | undefined): Promise<TokenResponse>;
  /** Ends the sign-in, at the provider too as far as that can be. What is over already stays so. */
  signOut(asked: RefreshRequest, origin: string | undefined): Promise<void>;
}

/** Why the proxy ends a sign-in by itself. */
type EndReason = 'handle_used_twice' | 'wrong_key' | 'refused_by_provider' | 'no_grant' | 'other_settings';

export function createTokenRefresh({ store, clock, log }: SingleSignOnOptions, open: GetOidcContext): TokenRefresh {
  /** Renewals of one sign-in come one after the other: its refresh token may be good for one use. */
  const queues = new Map<string, Promise<unknown>>();

  function inTurn<T>(signIn: string, run: () => Promise<T>): Promise<T> {
    const mine = (queues.get(signIn) ?? Promise.resolve()).then(run);
    const settled = mine
      .catch(() => {})
      .then(() => {
        if (queues.get(signIn) === settled) queues.delete(signIn);
      });
    queues.set(signIn, settled);
    return mine;
  }

  async function end(row: StoredSignIn, desk: OidcContext, why?: EndReason): Promise<void> {
    const refreshToken = row.refresh_token === null ? undefined : desk.keys.decrypt(row.refresh_token, row.sign_in);
    const actor = { iss: row.issuer, sub: row.sub };
    const isOver = await store.write(async (queries) => {
      if (!(await queries.sso.endSignIn(row.sign_in))) return false;
      await recordAudit(
        queries,
        why ? { actor, action: 'sign_in_ended', detail: why } : { actor, action: 'signed_out' },
      );
      return true;
    });
    if (why) log.warn({ why }, 'a sign-in was ended');
    if (!isOver || refreshToken === undefined || row.issuer !== desk.issuer) return;
    await desk.provider.revoke(refreshToken).catch(({ cause }: ProxyError) => {
      log.warn({ reason: cause }, 'a sign-in that is over could not be revoked at the identity provider');
    });
  }

  async function endAs(why: EndReason, row: StoredSignIn, desk: OidcContext): Promise<never> {
    await end(row, desk, why);
    throw why === 'no_grant'
      ? new Forbidden('Your account gives no access to Evalon projects any more. Ask your IT team for it.')
      : signInExpired(why);
  }

  /** The sign-in of a handle that its own client hands in. */
  async function held(asked: RefreshRequest, use: 'renew' | 'out', origin: string | undefined, desk: OidcContext) {
    const handle = parseRefreshToken(asked.handle, desk.keys);
    const row = handle && (await store.read(({ sso: signIns }) => signIns.getSignIn(handle.signInId)));
    if (!handle || !row || row.ended_at !== null || row.expires_at <= timestamp(clock)) throw signInExpired('none');
    const isOwn = isProofValid(buildRefreshPayload(use, asked), asked.proof, row.client_key);
    if (!isOwn || (row.origin !== null && row.origin !== origin)) return endAs('wrong_key', row, desk);
    return { row, turn: handle.generation };
  }

  async function renewed(row: StoredSignIn, desk: OidcContext): Promise<TokenResponse> {
    const { sign_in: signIn, refresh_generation } = row;
    const { keys, provider, grants } = desk;
    const refreshToken = row.refresh_token === null ? undefined : keys.decrypt(row.refresh_token, signIn);
    if (row.issuer !== desk.issuer || (row.refresh_token !== null && refreshToken === undefined)) {
      return endAs('other_settings', row, desk);
    }
    if (refreshToken === undefined) return endAs('refused_by_provider', row, desk);
    await reserve(row, clock);
    const identity = await provider.refresh(refreshToken, row.sub).catch(async (error: unknown) => {
      if (error instanceof Unauthenticated) return endAs('refused_by_provider', row, desk);
      await store.write(({ sso: signIns }) =>
        signIns.updateSignIn(signIn, refresh_generation, { refresh_leased_until: null }),
      );
      throw error;
    });
    const refresh_token = keys.encrypt(identity.providerRefreshToken ?? refreshToken, signIn);
    const rights = mapClaimsToRights(identity.claims, grants);
    if (!rights) return endAs('no_grant', { ...row, refresh_token }, desk);
    const next = {
      refresh_token,
      projects: JSON.stringify(rights.projects),
      scope: rights.scope.join(' '),
      refresh_generation: refresh_generation + 1,
      refreshed_at: timestamp(clock),
      refresh_leased_until: null,
    };
    if (!(await store.write(({ sso: signIns }) => signIns.updateSignIn(signIn, refresh_generation, next))))
      throw signInExpired('signed out meanwhile');
    return createTokenResponse({ ...row, ...next }, desk, clock);
  }

  /** No other process renews it meanwhile. */
  async function reserve({ sign_in, refresh_generation }: StoredSignIn, { now }: Clock): Promise<void> {
    const isMine = await store.write(async ({ sso: signIns }) => {
      const { refresh_leased_until: until } = (await signIns.getSignIn(sign_in)) ?? {};
      if (until && Date.parse(until) > now()) return false;
      return signIns.updateSignIn(sign_in, refresh_generation, {
        refresh_leased_until: timestamp(clock, REFRESH_LEASE_MS),
      });
    });
    if (!isMine) throw new Unavailable('You are being signed in already. Try again in a moment.', { retryAfter: 1 });
  }

  return {
    async refresh(asked, origin) {
      const desk = open();
      const { signInId: signIn = '' } = parseRefreshToken(asked.handle, desk.keys) ?? {};
      return inTurn(signIn, async () => {
        const { row, turn } = await held(asked, 'renew', origin, desk);
        if (turn === row.refresh_generation) return renewed(row, desk);
        const isSibling =
          turn === row.refresh_generation - 1 && clock.now() - Date.parse(row.refreshed_at) < REUSE_GRACE_MS;
        return isSibling ? createTokenResponse(row, desk, clock) : endAs('handle_used_twice', row, desk);
      });
    },

    async signOut(asked, origin) {
      const desk = open();
      const { row } = await held(asked, 'out', origin, desk);
      await end(row, desk);
    },
  };
}

function signInExpired(cause: string): Unauthenticated {
  return new Unauthenticated('Your sign-in is over. Sign in again.', { cause });
}
