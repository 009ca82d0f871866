/**
 * The key that proves host tokens. What is configured pins the algorithm: a shared secret means HS256 and nothing
 * else, a JWKS means asymmetric keys and nothing else; whatever a token says of its own key is ignored.
 */
import { readFileSync, statSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWK, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Unavailable } from '../util/errors.ts';

export interface HostKey {
  algorithms: string[];
  getKey: JWTVerifyGetKey;
}

/** Milliseconds: for one request to the JWKS address, between two for unknown keys, and until the keys are stale. */
const REMOTE_JWKS_OPTIONS = { timeoutDuration: 5_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

/** What a published key may sign with. */
const JWKS_ALGORITHMS = ['ES256', 'EdDSA', 'RS256'];

/** @param jwks an address, or a file that is read again when it changes. */
export function createHostKey({ secret, jwks }: { secret?: Uint8Array; jwks?: string }): HostKey {
  if (secret) return { algorithms: ['HS256'], getKey: async () => secret };
  if (!jwks) throw new Error('the settings always name a secret or a JWKS');
  const keys = /^https?:/.test(jwks) ? createRemoteJWKSet(new URL(jwks), REMOTE_JWKS_OPTIONS) : createFileKeySet(jwks);
  return {
    algorithms: JWKS_ALGORITHMS,
    getKey: async (header, token) => {
      try {
        return await keys(header, token);
      } catch (error) {
        if (TOKEN_ERRORS.some((fault) => error instanceof fault)) throw error;
        throw new Unavailable('The keys that prove sign-ins cannot be read right now. Try again in a moment.', {
          cause: error,
          retryAfter: 5,
        });
      }
    },
  };
}

/** What is wrong with the token rather than with the keys. */
const TOKEN_ERRORS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

function createFileKeySet(file: string): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  let readAt = 0;
  return async (header, token) => {
    const { mtimeMs } = statSync(file);
    if (!keys || mtimeMs !== readAt) {
      keys = createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')));
      readAt = mtimeMs;
    }
    return keys(header, token);
  };
}

const keySetSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

/**
 * What a JWKS is worth to this proxy: how many of its keys can prove tokens, and whether it gives a private key away.
 * Undefined where it is no JWKS.
 */
export async function inspectKeySet(jwks: unknown): Promise<{ usable: number; givesAway: boolean } | undefined> {
  const parsed = keySetSchema.safeParse(jwks);
  if (!parsed.success) return undefined;
  const { keys } = parsed.data;
  const proves = await Promise.all(keys.map(isUsableKey));
  return { usable: proves.filter(Boolean).length, givesAway: keys.some((key) => 'd' in key || 'k' in key) };
}

async function isUsableKey(key: Record<string, unknown>): Promise<boolean> {
  const tries = JWKS_ALGORITHMS.map(async (alg) => createLocalJWKSet({ keys: [key as JWK] })({ alg }));
  return (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled');
}
