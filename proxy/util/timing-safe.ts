/** Secrets that a caller proves to know: kept as digests, so that lengths are equal and no plain text lies in memory. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a secret. Enough for secrets made at random; not for passwords. */
export function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether the digest of `given` is one of these, in a time that does not depend on which, or on how much of it fits. */
export function matchesAnyDigest(given: string, digests: readonly Buffer[]): boolean {
  const mine = digest(given);
  return digests.map((one) => timingSafeEqual(one, mine)).includes(true);
}
