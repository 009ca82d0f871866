/** Maps failures of calls to Evalon to the proxy's errors. */
import {
  type ProxyError,
  RateLimited,
  ScorecardNotReady,
  UpstreamRejected,
  UpstreamUnavailable,
} from '../util/errors.ts';
import { parseRetryAfter } from '../util/http-response.ts';

export type EvalonCall = 'invite' | 'batch' | 'scorecard';

/** Evalon has no batch endpoint at this path. */
export class BatchEndpointMissing extends UpstreamRejected {}

/** Evalon rejected the API key, not the request. */
export class ApiKeyRejected extends UpstreamRejected {}

const CONNECTION_RETRY_SECONDS = 5;
/** After a 5xx without `Retry-After`. */
const SERVER_ERROR_RETRY_SECONDS = 30;

/** No response: the connection was refused, reset or cut off, or the call timed out. */
export function connectionFailed(cause: unknown): ProxyError {
  return new UpstreamUnavailable("Evalon didn't respond in time. Try again in a moment.", 503, {
    cause,
    retryAfterSeconds: CONNECTION_RETRY_SECONDS,
  });
}

/** The response is not JSON, too large, a redirect, or lacks required fields. */
export function invalidResponse(cause: unknown): ProxyError {
  return new UpstreamUnavailable(
    'Evalon sent a response that the proxy cannot read. Try again. If it happens again, contact IT.',
    502,
    { cause },
  );
}

/** @param status 401, or 403 if Evalon refuses the key rather than one request. */
export function apiKeyRejected(status: number): ProxyError {
  return new ApiKeyRejected("Evalon rejected your company's API key. Contact IT.", {
    cause: `Evalon responded with ${status}`,
  });
}

/** Statuses that only IT can fix. The candidate's name and email are not the cause. */
const IT_STATUSES: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 410, 451]);
/** Matches a `detail` about the customer's account or settings, such as "Project not found" and "Out of credits". */
const IT_DETAIL = /\b(project|credits?|quota|plan|billing|payment|subscription|licen[cs]e|account|assessment.?type)\b/i;
const CANDIDATE_DETAIL = /\b(e.?mail|name|candidate)\b/i;

/**
 * @param status 204, or 400 or more, except 401.
 * @param retryAfterHeader seconds or an HTTP date.
 * @param detail Evalon's explanation, used only to choose the sentence that the recruiter reads.
 */
export function errorFromStatus(
  call: EvalonCall,
  status: number,
  retryAfterHeader: string | null,
  now: number,
  detail = '',
): ProxyError {
  const cause = `Evalon responded with ${status}`;
  const retryAfterSeconds = parseRetryAfter(retryAfterHeader, now);
  if (call === 'scorecard' && status < 500 && status !== 429) {
    return new ScorecardNotReady('Evalon has no result for this assessment yet.', { cause });
  }
  // A 500 or 501 may concern only this scorecard, so the circuit breaker must not count it. It counts 502, 503 and 504.
  if (status === 204 || (call === 'scorecard' && (status === 500 || status === 501))) return invalidResponse(cause);
  if (status === 429) {
    return new RateLimited('Evalon is busy. Try again in a moment.', {
      cause,
      ...(retryAfterSeconds && { retryAfterSeconds }),
    });
  }
  if (status >= 500) {
    return new UpstreamUnavailable('Evalon has a problem right now. Try again in a few minutes.', 503, {
      cause,
      retryAfterSeconds: retryAfterSeconds ?? SERVER_ERROR_RETRY_SECONDS,
    });
  }
  if (call === 'batch' && (status === 404 || status === 405)) {
    return new BatchEndpointMissing('Evalon has no batch endpoint at this URL.', { cause });
  }
  const isForIt = IT_STATUSES.has(status) || (IT_DETAIL.test(detail) && !CANDIDATE_DETAIL.test(detail));
  return new UpstreamRejected(
    isForIt
      ? "Evalon refused this invite because of your company's Evalon account or settings. Contact IT."
      : "Evalon rejected this invite. Check the candidate's name and email. If both are correct, contact IT.",
    { cause },
  );
}
