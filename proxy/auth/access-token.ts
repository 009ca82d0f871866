/** The proxy's own bearers, for recruiters who came by single sign-on: ten minutes, and no longer than the sign-in. */
import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../util/clock.ts';
import { Unauthenticated, Unavailable } from '../util/errors.ts';
import type { Recruiter, Scope } from './recruiter.ts';

/** Seconds. */
export const ACCESS_TOKEN_TTL_SECONDS = 600;
const ALGORITHM = 'HS256';
/** Tells one of these from a host token before anything is proven; both are proven in full. */
const TOKEN_TYPE = 'evalon-sign-in+jwt';
const AUDIENCE = 'evalon-proxy sign-in';

export interface AccessTokenSettings {
  key: Uint8Array;
  issuer: string;
  /** Whether this sign-in is neither over nor ended. */
  isSignInActive(signIn: string): Promise<boolean>;
}

export interface AccessTokenClaims {
  signInId: string;
  sub: string;
  name?: string | undefined;
  projects: readonly string[];
  scope: readonly Scope[];
}

/** Two of the same second differ: a browser tells by its text whether another tab has fetched a new one. */
export function mintAccessToken(
  { signInId: signIn, sub, name, projects, scope }: AccessTokenClaims,
  { key, issuer }: Pick<AccessTokenSettings, 'key' | 'issuer'>,
  clock: Clock,
): Promise<string> {
  const now = Math.floor(clock.now() / 1_000);
  return new SignJWT({ sid: signIn, projects, scope: scope.join(' '), ...(name && { name }) })
    .setProtectedHeader({ alg: ALGORITHM, typ: TOKEN_TYPE })
    .setJti(randomUUID())
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + ACCESS_TOKEN_TTL_SECONDS)
    .sign(key);
}

/** Whether a token says of itself that it is one of these. */
export function isAccessToken(token: string): boolean {
  try {
    return JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('utf8')).typ === TOKEN_TYPE;
  } catch {
    return false;
  }
}

const claimsSchema = z.object({
  sub: z.string(),
  iss: z.string(),
  sid: z.string(),
  exp: z.number(),
  name: z.string().optional(),
  projects: z.array(z.string()),
  scope: z.string(),
});

/**
 * Answers who holds the bearer.
 * @throws Unauthenticated where it proves nobody, or the recruiter has signed out.
 */
export async function verifyAccessToken(
  token: string,
  { key, issuer, isSignInActive: isAlive }: AccessTokenSettings,
  clock: Clock,
): Promise<Recruiter> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      typ: TOKEN_TYPE,
      audience: AUDIENCE,
      issuer,
      currentDate: new Date(clock.now()),
    });
    const { sub, iss, sid, exp, name, projects, scope } = claimsSchema.parse(payload);
    if (!(await isAlive(sid))) throw signInExpired('the sign-in has ended');
    return {
      sub,
      iss,
      ...(name && { name }),
      projects: projects.includes('*') ? 'every' : new Set(projects),
      scope: new Set(scope.split(' ') as Scope[]),
      expiresAt: exp * 1_000,
    };
  } catch (error) {
    if (error instanceof Unauthenticated || error instanceof Unavailable) throw error;
    throw signInExpired((error as Error).name);
  }
}

function signInExpired(cause: string): Unauthenticated {
  return new Unauthenticated('Your sign-in is over. Sign in again.', { cause });
}
