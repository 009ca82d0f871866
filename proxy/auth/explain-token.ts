/** Explains to IT why the proxy accepts or refuses a host token. Used by the doctor. */
import type { HostTokenConfig } from '../config/config.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError } from '../util/errors.ts';
import { createHostKey } from './host-key.ts';
import { verifyHostToken } from './host-token.ts';
import type { Recruiter } from './recruiter.ts';
import { TokenError } from './token-error.ts';

/** @throws Unavailable if the JWKS cannot be read. */
export async function explainToken(
  token: string,
  config: HostTokenConfig,
  clock: Clock,
): Promise<{ recruiter: Recruiter } | { tokenError: TokenError }> {
  try {
    return { recruiter: await verifyHostToken(token, { ...config, key: createHostKey(config) }, clock) };
  } catch (error) {
    if (error instanceof ProxyError && error.cause instanceof TokenError) return { tokenError: error.cause };
    throw error;
  }
}
