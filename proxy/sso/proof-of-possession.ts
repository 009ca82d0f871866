/**
 * Proof of possession, similar to DPoP (RFC 9449). The client sends its public key when the sign-in starts, and signs
 * each later request with its private key. The signature covers the one-time code or the refresh token, instead of
 * `jti` and `ath`.
 */
import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { ClientKey, CodeExchangeRequest, RefreshRequest } from '../contract/sso.ts';

/** Returns the text that the client signs to exchange a code. */
export function buildExchangePayload({ attempt, code }: Pick<CodeExchangeRequest, 'attempt' | 'code'>): string {
  return `evalon redeem ${attempt} ${code}`;
}

/** Returns the text that the client signs to refresh its tokens (`renew`) or to sign out (`out`). */
export function buildRefreshPayload(use: 'renew' | 'out', { handle }: Pick<RefreshRequest, 'handle'>): string {
  return `evalon ${use} ${handle}`;
}

/** Returns undefined if the coordinates are not a point of the curve. */
export function parseClientKey({ kty, crv, x, y }: ClientKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** @param clientKey the stored JWK, as JSON. */
export function isProofValid(payload: string, proof: string, clientKey: string): boolean {
  const key = parseClientKey(JSON.parse(clientKey) as ClientKey);
  if (!key) return false;
  return verify('sha256', Buffer.from(payload), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(proof, 'base64url'));
}

/** PKCE with method S256 (RFC 7636, 4.6). */
export function matchesCodeChallenge(challenge: string, verifier: string): boolean {
  const expected = Buffer.from(challenge, 'base64url');
  const actual = createHash('sha256').update(verifier).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
