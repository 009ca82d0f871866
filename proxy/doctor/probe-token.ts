/** A recruiter token for looking at one's own deployment: it lives a minute and shows a project that does not exist. */
import { SignJWT } from 'jose';
import type { Clock } from '../util/clock.ts';

export const PROBE_PROJECT_ID = 'evalon-widget-doctor-no-such-project';

/** Seconds. */
const PROBE_TTL_SECONDS = 60;

/** @param secret the one that the proxy shares with the ATS's backend; without it only that backend can mint. */
export function mintProbeToken(
  secret: Uint8Array,
  { issuer, audience }: { issuer?: string; audience: string },
  clock: Clock,
): Promise<string> {
  const now = Math.floor(clock.now() / 1_000);
  return new SignJWT({ projects: [PROBE_PROJECT_ID], scope: 'read' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('evalon-widget-doctor')
    .setIssuer(issuer ?? 'evalon-widget-doctor')
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + PROBE_TTL_SECONDS)
    .sign(secret);
}
