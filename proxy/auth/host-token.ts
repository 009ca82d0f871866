/** Verifies host tokens: recruiters' tokens that the ATS's backend mints. docs/tokens.md describes the claims. */
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { normalizeId, toCandidateKey } from '../contract/candidate.ts';
import type { Clock } from '../util/clock.ts';
import { Forbidden, Unauthenticated, Unavailable } from '../util/errors.ts';
import { isCanonicalJwt } from './canonical-jwt.ts';
import type { HostKey } from './host-key.ts';
import type { Recruiter, Scope } from './recruiter.ts';
import { TokenError, toTokenError } from './token-error.ts';

const CLOCK_TOLERANCE_SECONDS = 60;
const MAX_LIFETIME_SECONDS = 900;
const MAX_TOKEN_CHARS = 8_192;

const nonEmptyText = z.string().min(1).max(1_000);

const claimsSchema = z.object({
  sub: nonEmptyText,
  iss: nonEmptyText,
  iat: z.number(),
  exp: z.number(),
  name: nonEmptyText.optional().catch(undefined),
  projects: z.array(nonEmptyText.overwrite(normalizeId)).optional(),
  scope: z.string().optional(),
  candidates: z.array(z.string()).optional(),
});

export interface HostTokenSettings {
  key: HostKey;
  issuer?: string;
  audience: string;
}

/** @throws Unauthenticated if the token is invalid; Forbidden if it grants no projects or no scope. */
export async function verifyHostToken(token: string, settings: HostTokenSettings, clock: Clock): Promise<Recruiter> {
  const claims = await verifyClaims(token, settings, clock);
  const scope = new Set(
    (claims.scope ?? '').split(' ').filter((word): word is Scope => word === 'read' || word === 'invite'),
  );
  if (!claims.projects?.length || !scope.size) {
    const cause = claims.projects?.length
      ? new TokenError("the token's scope grants nothing", 'set scope to "read", "invite" or "read invite"')
      : new TokenError('the token names no projects', "set projects to a list of Evalon's project ids");
    throw new Forbidden('Your sign-in grants no Evalon projects. Ask IT to add projects and scope to the token.', {
      cause,
    });
  }
  return {
    sub: claims.sub,
    iss: claims.iss,
    ...(claims.name && { name: claims.name }),
    projects: claims.projects.includes('*') ? 'every' : new Set(claims.projects),
    scope,
    ...(claims.candidates && { candidateKeys: new Set(claims.candidates.map(toCandidateKey)) }),
    expiresAt: claims.exp * 1_000,
  };
}

async function verifyClaims(token: string, { key, issuer, audience }: HostTokenSettings, clock: Clock) {
  try {
    if (token.length > MAX_TOKEN_CHARS) {
      throw new TokenError(
        `the token is longer than ${MAX_TOKEN_CHARS} characters`,
        'list fewer projects or candidates',
      );
    }
    const { payload } = await jwtVerify(token, key.getKey, {
      algorithms: key.algorithms,
      audience,
      ...(issuer && { issuer }),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(clock.now()),
      requiredClaims: ['sub', 'iss', 'iat', 'exp', 'aud'],
    });
    if (!isCanonicalJwt(token)) {
      throw new TokenError('the token is not base64url without padding', 'encode each part as RFC 7515 requires');
    }
    const claims = claimsSchema.parse(payload);
    if (claims.exp - claims.iat > MAX_LIFETIME_SECONDS) {
      throw new TokenError(`the token is valid for more than ${MAX_LIFETIME_SECONDS} s`, 'set exp to iat + 600');
    }
    if (claims.iat > clock.now() / 1_000 + CLOCK_TOLERANCE_SECONDS) {
      throw new TokenError(
        'the token is not valid yet (iat)',
        'set iat to the current time in seconds. If it is, synchronize the clocks',
      );
    }
    return claims;
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    throw new Unauthenticated('Your sign-in is invalid or has expired. Reload the page.', {
      cause: toTokenError(error, { audience, ...(issuer && { issuer }) }),
    });
  }
}
