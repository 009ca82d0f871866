/**
 * The key that verifies host tokens. `HOST_TOKEN_SECRET` permits only HS256, and `HOST_TOKEN_JWKS` only asymmetric
 * algorithms. The verification ignores key hints in the token (`jwk`, `jku`, `x5c`).
 */
import { readFileSync, statSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWK, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Unavailable } from '../util/errors.ts';
import { decodeText } from '../util/text-file.ts';

export interface HostKey {
  algorithms: string[];
  getKey: JWTVerifyGetKey;
}

/** In milliseconds. */
const REMOTE_JWKS_OPTIONS = { timeoutDuration: 5_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

const JWKS_ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'RS256'];

/** Two names of the same algorithm (RFC 9864). A token may use one name, and the key in the JWKS the other. */
const ALGORITHM_ALIASES: Readonly<Record<string, string>> = { EdDSA: 'Ed25519', Ed25519: 'EdDSA' };

/** Errors that the token causes. All other errors mean that the keys could not be read. */
const BAD_TOKEN_ERRORS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** @param jwks a URL, or a file, which the proxy reloads when it changes. */
export function createHostKey({ secret, jwks }: { secret?: Uint8Array; jwks?: string }): HostKey {
  if (secret) return { algorithms: ['HS256'], getKey: async () => secret };
  if (!jwks) throw new Error('neither a secret nor a JWKS is configured');
  const findKey = withAlgorithmAliases(
    /^https?:/.test(jwks) ? createRemoteJWKSet(new URL(jwks), REMOTE_JWKS_OPTIONS) : createFileJWKSet(jwks),
  );
  return {
    algorithms: JWKS_ALGORITHMS,
    getKey: async (header, token) => {
      try {
        return await findKey(header, token);
      } catch (error) {
        if (BAD_TOKEN_ERRORS.some((ErrorClass) => error instanceof ErrorClass)) throw error;
        throw new Unavailable("The keys that verify sign-ins can't be read right now. Try again in a moment.", {
          cause: error,
          retryAfterSeconds: 5,
        });
      }
    },
  };
}

/** If no key matches the algorithm's name in the token, tries its alias. */
function withAlgorithmAliases(findKey: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await findKey(header, token);
    } catch (error) {
      const alg = ALGORITHM_ALIASES[header.alg];
      if (alg === undefined || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return findKey({ ...header, alg }, token);
    }
  };
}

function createFileJWKSet(file: string): JWTVerifyGetKey {
  let findKey: JWTVerifyGetKey | undefined;
  let lastModifiedMs = 0;
  return async (header, token) => {
    const { mtimeMs } = statSync(file);
    if (!findKey || mtimeMs !== lastModifiedMs) {
      findKey = createLocalJWKSet(JSON.parse(decodeText(readFileSync(file)) ?? ''));
      lastModifiedMs = mtimeMs;
    }
    return findKey(header, token);
  };
}

const keySetSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

/**
 * Counts the keys that can verify tokens, and looks for private or symmetric keys. Returns undefined if the value is
 * not a JWKS.
 */
export async function inspectKeySet(
  jwks: unknown,
): Promise<{ usableKeyCount: number; hasSecretKey: boolean } | undefined> {
  const parsed = keySetSchema.safeParse(jwks);
  if (!parsed.success) return undefined;
  const { keys } = parsed.data;
  const usable = await Promise.all(keys.map(isUsableKey));
  // `d` is in a private key, `k` in a symmetric key (RFC 7518, 6).
  return { usableKeyCount: usable.filter(Boolean).length, hasSecretKey: keys.some((key) => 'd' in key || 'k' in key) };
}

async function isUsableKey(key: Record<string, unknown>): Promise<boolean> {
  const attempts = JWKS_ALGORITHMS.map(async (alg) => createLocalJWKSet({ keys: [key as JWK] })({ alg }));
  return (await Promise.allSettled(attempts)).some(({ status }) => status === 'fulfilled');
}
