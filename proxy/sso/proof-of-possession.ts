/** Proof that a client holds the key it has named: its signature over what it hands in, which no second time is worth anything. */
import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { ClientKey, CodeExchangeRequest, RefreshRequest } from '../contract/sso.ts';

/** What is signed to redeem a code. */
export function buildExchangePayload({ attempt, code }: Pick<CodeExchangeRequest, 'attempt' | 'code'>): string {
  return `evalon redeem ${attempt} ${code}`;
}

/** What is signed to renew, or to sign out. */
export function buildRefreshPayload(use: 'renew' | 'out', { handle }: Pick<RefreshRequest, 'handle'>): string {
  return `evalon ${use} ${handle}`;
}

/** The key that was named; undefined where it is none (no point of the curve). */
export function parseClientKey({ kty, crv, x, y }: ClientKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** @param clientKey as it is stored: a JWK's JSON. */
export function isProofValid(text: string, proof: string, clientKey: string): boolean {
  const key = parseClientKey(JSON.parse(clientKey) as ClientKey);
  if (!key) return false;
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(proof, 'base64url'));
}

/** Whether the challenge was made of this verifier. */
export function matchesCodeChallenge(challenge: string, verifier: string): boolean {
  const made = createHash('sha256').update(verifier).digest();
  const given = Buffer.from(challenge, 'base64url');
  return made.length === given.length && timingSafeEqual(made, given);
}
