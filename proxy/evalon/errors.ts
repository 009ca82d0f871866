/** The one place where what goes wrong at Evalon becomes an error of the contract. */

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

/** Evalon takes none of the API keys: what was asked is not at fault. */
export class ApiKeyRejected extends UpstreamRejected {}

/** Seconds to wait where Evalon names none. */
const DEFAULT_RETRY_SECONDS = 30;

/** No answer: refused, reset, timed out, or cut off. */
export function connectionFailed(cause: unknown): ProxyError {
  return new UpstreamUnavailable('Evalon did not answer in time. Try again in a moment.', 503, {
    cause,
    retryAfter: 5,
  });
}

/** An answer that makes no sense: not JSON, too large, a redirect, or a body without what was asked for. */
export function invalidResponse(cause: unknown): ProxyError {
  return new UpstreamUnavailable(
    'Evalon answered in a way that cannot be understood. Try again; if it goes on, tell your IT team.',
    502,
    { cause },
  );
}

/**
 * An answer with an HTTP status of 400 or more.
 * @param retryAfter the header's value: seconds or an HTTP date.
 */
export function errorFromStatus(call: EvalonCall, status: number, retryAfter: string | null, now: number): ProxyError {
  const cause = `Evalon answered ${status}`;
  if (call === 'scorecard' && (status === 404 || status === 409)) {
    return new ScorecardNotReady('Evalon has no result for this assessment yet.', { cause });
  }
  if (status === 429) {
    const named = parseRetryAfter(retryAfter, now);
    return new RateLimited('Evalon is busy with many requests. Try again in a moment.', {
      cause,
      ...(named && { retryAfter: named }),
    });
  }
  if (status >= 500) {
    return new UpstreamUnavailable('Evalon has a problem of its own right now. Try again in a few minutes.', 503, {
      cause,
      retryAfter: parseRetryAfter(retryAfter, now) ?? DEFAULT_RETRY_SECONDS,
    });
  }
  if (status === 401 || status === 403) {
    const Refused = status === 401 ? ApiKeyRejected : UpstreamRejected;
    return new Refused('Evalon did not accept this company’s API key. Tell your IT team.', { cause });
  }
  if (call === 'batch' && (status === 404 || status === 405)) {
    return new BatchEndpointMissing('Evalon has no batch endpoint at this address.', { cause });
  }
  return new UpstreamRejected(
    call !== 'scorecard'
      ? 'Evalon did not accept this invitation. Check the candidate’s name and email; if both are right, tell your IT team.'
      : 'Evalon did not hand out this result. Tell your IT team if it goes on.',
    { cause },
  );
}
