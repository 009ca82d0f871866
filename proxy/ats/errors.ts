/** The one place where what goes wrong at an ATS becomes an error of the contract. None of its own words are repeated. */

import { AtsRejected, AtsUnavailable, type ProxyError } from '../util/errors.ts';
import { parseRetryAfter } from '../util/http-response.ts';

/** The ATS does not take our credentials, or they may not read this. */
export class CredentialsRejected extends AtsRejected {}

/** Seconds to wait where the ATS names none. */
const DEFAULT_RETRY_SECONDS = 30;

/** No answer: refused, reset, timed out, or cut off. */
export function connectionFailed(label: string, cause: unknown): ProxyError {
  return new AtsUnavailable(`${label} did not answer in time. Try again in a moment.`, 503, { cause, retryAfter: 5 });
}

/** An answer that makes no sense: not JSON, too large, a redirect, or somebody else than was asked for. */
export function invalidResponse(label: string, cause: unknown): ProxyError {
  return new AtsUnavailable(`${label} answered in a way that cannot be understood. Tell your IT team.`, 502, { cause });
}

/** @param seconds until it wants to be asked again. */
export function atsRateLimited(label: string, seconds: number): ProxyError {
  return new AtsUnavailable(`${label} is busy with many requests. Try again in a moment.`, 503, {
    cause: `${label} answered 429`,
    retryAfter: seconds,
  });
}

/** An answer with an HTTP status of 400 or more. */
export function errorFromStatus(label: string, { status, headers }: Response, now: number): ProxyError {
  const cause = `${label} answered ${status}`;
  const retryAfter = parseRetryAfter(headers.get('retry-after'), now) ?? DEFAULT_RETRY_SECONDS;
  if (status === 429) return atsRateLimited(label, retryAfter);
  if (status >= 500) {
    return new AtsUnavailable(`${label} has a problem of its own right now. Try again in a few minutes.`, 503, {
      cause,
      retryAfter,
    });
  }
  if (status === 401 || status === 403) {
    return new CredentialsRejected(`${label} does not let this company’s key read candidates. Tell your IT team.`, {
      cause,
    });
  }
  return new AtsRejected(`${label} did not accept the question who this is. Tell your IT team if it goes on.`, {
    cause,
  });
}
