/** What the proxy would say to a token, asked outside of it: by the same proof, with the reason where it is no. */

import type { HostTokenConfig } from '../config/config.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError } from '../util/errors.ts';
import { createHostKey } from './host-key.ts';
import { verifyHostToken } from './host-token.ts';
import type { Recruiter } from './recruiter.ts';
import { TokenError } from './token-error.ts';

/** @throws Unavailable where the keys that prove tokens cannot be read. */
export async function explainToken(
  token: string,
  config: HostTokenConfig,
  clock: Clock,
): Promise<{ recruiter: Recruiter } | { fault: TokenError }> {
  try {
    return { recruiter: await verifyHostToken(token, { ...config, key: createHostKey(config) }, clock) };
  } catch (error) {
    if (error instanceof ProxyError && error.cause instanceof TokenError) return { fault: error.cause };
    throw error;
  }
}
