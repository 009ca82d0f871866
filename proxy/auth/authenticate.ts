/** Authenticates a request with a host token from the ATS, or with an access token from single sign-on. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../util/clock.ts';
import { Unauthenticated } from '../util/errors.ts';
import { isLoopback } from '../util/loopback.ts';
import { type AccessTokenSettings, isAccessToken, verifyAccessToken } from './access-token.ts';
import { type HostTokenSettings, verifyHostToken } from './host-token.ts';
import type { Recruiter } from './recruiter.ts';

/**
 * Returns the recruiter who sent the request.
 * @throws Unauthenticated, Forbidden
 */
export type Authenticate = (request: IncomingMessage) => Promise<Recruiter>;

const DEMO_TTL_MS = 15 * 60_000;

/** A recruiter of the sandbox. The `sub` is also the bearer token. */
export interface DemoRecruiter {
  readonly sub: string;
  readonly name: string;
}

/**
 * Authenticates every request as the demo recruiter that the bearer token names, or otherwise as the first recruiter.
 * Refuses a `Host` header that is not loopback, to prevent DNS rebinding.
 */
export function createDemoAuthenticator(
  clock: Clock,
  recruiters: readonly [DemoRecruiter, ...DemoRecruiter[]],
): Authenticate {
  return async ({ headers }) => {
    const host = headers.host ?? '';
    if (!URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname)) {
      throw new Unauthenticated(
        'The sandbox works on this machine only. Open it as http://127.0.0.1 or http://localhost.',
      );
    }
    const { sub, name } =
      recruiters.find((recruiter) => headers.authorization === `Bearer ${recruiter.sub}`) ?? recruiters[0];
    return {
      sub,
      iss: 'sandbox',
      name,
      projects: 'every',
      scope: new Set(['read', 'invite']),
      expiresAt: clock.now() + DEMO_TTL_MS,
    };
  };
}

/** At least one of the two is set. */
export interface AuthenticationSettings {
  hostTokens?: HostTokenSettings | undefined;
  accessTokens?: AccessTokenSettings | undefined;
}

/**
 * Accepts bearer tokens only: no cookies, and nothing in the URL.
 * @param getSettings returns the current settings, which can change while serving.
 */
export function createAuthenticator(getSettings: () => AuthenticationSettings, clock: Clock): Authenticate {
  return async ({ headersDistinct }) => {
    const [authorization = '', ...repeated] = headersDistinct['authorization'] ?? [];
    const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    if (!token || repeated.length) throw new Unauthenticated("You're not signed in. Reload the page.");
    const { hostTokens, accessTokens } = getSettings();
    if (accessTokens && isAccessToken(token)) return verifyAccessToken(token, accessTokens, clock);
    if (hostTokens) return verifyHostToken(token, hostTokens, clock);
    throw new Unauthenticated('Your sign-in is invalid or has expired. Reload the page.');
  };
}
