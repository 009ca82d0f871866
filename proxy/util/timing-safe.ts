/**
 * Compares secrets in constant time, by their digests. All digests have the same length. The accepted secrets need not
 * stay in memory.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256. Suitable for random secrets, not for passwords. */
export function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Always compares with every digest. */
export function matchesAnyDigest(secret: string, digests: readonly Buffer[]): boolean {
  const actual = digest(secret);
  return digests.map((expected) => timingSafeEqual(expected, actual)).includes(true);
}
