/** From a request to a recruiter: by a host token, or by a bearer of single sign-on. */
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../config/settings.ts';
import type { Clock } from '../util/clock.ts';
import { Unauthenticated } from '../util/errors.ts';
import { type AccessTokenSettings, isAccessToken, verifyAccessToken } from './access-token.ts';
import { type HostTokenSettings, verifyHostToken } from './host-token.ts';
import type { Recruiter } from './recruiter.ts';

/**
 * Answers who sent the request.
 * @throws Unauthenticated, Forbidden
 */
export type Authenticate = (request: IncomingMessage) => Promise<Recruiter>;

/** Milliseconds that the demo recruiter's rights last, from each request on. */
const DEMO_TTL_MS = 15 * 60_000;

/** Everybody on this machine is the demo recruiter; a foreign `Host` (DNS rebinding) is nobody. */
export function createDemoAuthenticator(clock: Clock): Authenticate {
  return async ({ headers }) => {
    const host = headers.host ?? '';
    if (!URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname)) {
      throw new Unauthenticated(
        'The sandbox serves this machine only. Open it as http://127.0.0.1 or http://localhost.',
      );
    }
    return {
      sub: 'demo-recruiter',
      iss: 'sandbox',
      name: 'Demo Recruiter',
      projects: 'every',
      scope: new Set(['read', 'invite']),
      expiresAt: clock.now() + DEMO_TTL_MS,
    };
  };
}

/** The ways in that are set up. */
export interface Authenticators {
  hostTokens?: HostTokenSettings | undefined;
  bearers?: AccessTokenSettings | undefined;
}

/**
 * Bearer tokens only: no cookie, nothing ambient, nothing in the address.
 * @param ways those of the moment.
 */
export function createAuthenticator(ways: () => Authenticators, clock: Clock): Authenticate {
  return async ({ headersDistinct }) => {
    const [authorization = '', ...more] = headersDistinct['authorization'] ?? [];
    const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    if (!token || more.length) throw new Unauthenticated('You are not signed in: reload the page.');
    const { hostTokens, bearers } = ways();
    if (bearers && isAccessToken(token)) return verifyAccessToken(token, bearers, clock);
    if (hostTokens) return verifyHostToken(token, hostTokens, clock);
    throw new Unauthenticated('Your sign-in is not valid or has expired: reload the page.');
  };
}
