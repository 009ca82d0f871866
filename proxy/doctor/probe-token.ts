/**
 * Mints the recruiter token that the doctor uses to check the deployment. The token expires after a minute, and covers
 * only a project that does not exist.
 */
import { SignJWT } from 'jose';
import type { Clock } from '../util/clock.ts';

export const PROBE_PROJECT_ID = 'evalon-widget-doctor-no-such-project';

const PROBE_TTL_SECONDS = 60;

/** @param secret `HOST_TOKEN_SECRET`. With a JWKS, only the ATS's backend can mint tokens. */
export function mintProbeToken(
  secret: Uint8Array,
  { issuer, audience }: { issuer?: string; audience: string },
  clock: Clock,
): Promise<string> {
  const nowSeconds = Math.floor(clock.now() / 1_000);
  return new SignJWT({ projects: [PROBE_PROJECT_ID], scope: 'read' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('evalon-widget-doctor')
    .setIssuer(issuer ?? 'evalon-widget-doctor')
    .setAudience(audience)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + PROBE_TTL_SECONDS)
    .sign(secret);
}
