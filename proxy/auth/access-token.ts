/** The access tokens that the proxy issues to recruiters who signed in through OpenID Connect (RFC 6749, 1.4). */
import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../util/clock.ts';
import { Unauthenticated, Unavailable } from '../util/errors.ts';
import { isCanonicalJwt } from './canonical-jwt.ts';
import type { Recruiter, Scope } from './recruiter.ts';

export const ACCESS_TOKEN_TTL_SECONDS = 600;
const ALGORITHM = 'HS256';
/** Distinguishes an access token from a host token (host-token.ts). */
const TOKEN_TYPE = 'evalon-sign-in+jwt';
const AUDIENCE = 'evalon-proxy sign-in';

export interface AccessTokenSettings {
  key: Uint8Array;
  issuer: string;
  /** Returns false if the sign-in has expired, or if the recruiter or the proxy ended it. */
  isSignInActive(signInId: string): Promise<boolean>;
}

export interface AccessTokenClaims {
  signInId: string;
  sub: string;
  name?: string | undefined;
  projects: readonly string[];
  scope: readonly Scope[];
}

/** Each token is unique (`jti`), because the widget compares tokens to detect a refresh by another tab. */
export function mintAccessToken(
  { signInId, sub, name, projects, scope }: AccessTokenClaims,
  { key, issuer }: Pick<AccessTokenSettings, 'key' | 'issuer'>,
  clock: Clock,
): Promise<string> {
  const nowSeconds = Math.floor(clock.now() / 1_000);
  return new SignJWT({ sid: signInId, projects, scope: scope.join(' '), ...(name && { name }) })
    .setProtectedHeader({ alg: ALGORITHM, typ: TOKEN_TYPE })
    .setJti(randomUUID())
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + ACCESS_TOKEN_TTL_SECONDS)
    .sign(key);
}

/** Reads only the type in the token's header, and verifies nothing. */
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

/** @throws Unauthenticated if the token is invalid or expired, or if the sign-in has ended. */
export async function verifyAccessToken(
  token: string,
  { key, issuer, isSignInActive }: AccessTokenSettings,
  clock: Clock,
): Promise<Recruiter> {
  try {
    if (!isCanonicalJwt(token)) throw signInExpired('the token is not base64url without padding');
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      typ: TOKEN_TYPE,
      audience: AUDIENCE,
      issuer,
      currentDate: new Date(clock.now()),
    });
    const { sub, iss, sid, exp, name, projects, scope } = claimsSchema.parse(payload);
    if (!(await isSignInActive(sid))) throw signInExpired('the sign-in has ended');
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

/** @param cause the reason, for the log only. */
export function signInExpired(cause: string): Unauthenticated {
  return new Unauthenticated('Your sign-in has expired. Sign in again.', { cause });
}
