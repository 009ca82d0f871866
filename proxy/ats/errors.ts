/** Maps failures of an ATS's API to the proxy's errors. Never repeats the ATS's own text. */
import { AtsRejected, AtsUnavailable, type ProxyError } from '../util/errors.ts';
import { parseRetryAfter } from '../util/http-response.ts';

/** The credentials are invalid, or lack the permission for the call. */
export class CredentialsRejected extends AtsRejected {}

/** The calls exceed the ATS's rate limit. The refused call had no effect. */
export class AtsRateLimited extends AtsUnavailable {}

const DEFAULT_RETRY_SECONDS = 30;
const CONNECTION_RETRY_SECONDS = 5;

/** The connection was refused, reset or interrupted, or the call timed out. */
export function connectionFailed(label: string, cause: unknown): ProxyError {
  return new AtsUnavailable(`${label} didn't respond in time. Try again in a moment.`, 503, {
    cause,
    retryAfterSeconds: CONNECTION_RETRY_SECONDS,
  });
}

/** The response is not JSON, has unexpected fields, is too large, or is a redirect. */
export function invalidResponse(label: string, cause: unknown): ProxyError {
  return new AtsUnavailable(`${label} sent an invalid response. Contact IT.`, 502, { cause });
}

export function atsRateLimited(label: string, retryAfterSeconds: number): ProxyError {
  return new AtsRateLimited(`${label} is receiving too many requests. Try again in a moment.`, 503, {
    cause: `${label} responded 429`,
    retryAfterSeconds,
  });
}

/** Maps a status of 400 or higher. */
export function errorFromStatus(label: string, { status, headers }: Response, nowMs: number): ProxyError {
  const cause = `${label} responded ${status}`;
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), nowMs) ?? DEFAULT_RETRY_SECONDS;
  if (status === 429) return atsRateLimited(label, retryAfterSeconds);
  if (status >= 500) {
    return new AtsUnavailable(`${label} has a problem right now. Try again in a few minutes.`, 503, {
      cause,
      retryAfterSeconds,
    });
  }
  if (status === 401 || status === 403) {
    return new CredentialsRejected(`${label} doesn't let this company's key read candidates. Contact IT.`, { cause });
  }
  return new AtsRejected(`${label} refused to look this candidate up. If it happens again, contact IT.`, { cause });
}
