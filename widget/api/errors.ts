/** A failure of the widget as data: a code and details. */
import type { EvalonErrorCode } from '../package/events.ts';
import { readString, toRecord } from '../util/json.ts';
import { isPageConflict, isTimeout } from '../util/with-timeout.ts';
import { parseSession, type Session } from './parse.ts';

export interface ProblemDetails {
  /** The proxy's sentence for the recruiter. */
  detail?: string | undefined;
  /** The response's HTTP status, if there was a response. */
  status?: number;
  /** Identifies the request in the proxy's log. Present only if the proxy or Evalon caused the failure. */
  requestId?: string | undefined;
  /** Seconds until the widget may repeat the request. */
  retryAfter?: number | undefined;
  /** With `type_conflict`: the session that prevents the invite. */
  session?: Session | undefined;
  /** With `unauthenticated`: URL of the proxy at which the recruiter can sign in. */
  signInUrl?: string | undefined;
  cause?: unknown;
}

export class WidgetProblem extends Error {
  override readonly name = 'WidgetProblem';
  declare readonly code: EvalonErrorCode;
  declare readonly details: Readonly<ProblemDetails>;

  constructor(code: EvalonErrorCode, details: ProblemDetails = {}) {
    super(details.detail ?? code, { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}

/**
 * Converts a thrown error.
 * @param code The code for an error that is not a `WidgetProblem`.
 */
export function toProblem(cause: unknown, code: EvalonErrorCode = 'page_conflict'): WidgetProblem {
  if (cause instanceof WidgetProblem) return cause;
  if (isTimeout(cause)) return new WidgetProblem('timeout', { cause });
  return new WidgetProblem(isPageConflict(cause) ? 'page_conflict' : code, { cause });
}

/** Converts the failure of a request or of a dynamic import, and throws it. The default code is `unreachable`. */
export function throwUnreachable(cause: unknown): never {
  throw toProblem(cause, 'unreachable');
}

/** Reads an error response. If the body is not the proxy's, such as the HTML of a gateway, ignores the body. */
export async function parseProblem(response: Response): Promise<WidgetProblem> {
  const { status, headers } = response;
  const body = toRecord(await response.json().catch(() => undefined));
  const code = readString(body, 'code') ?? (status === 401 ? 'unauthenticated' : 'unavailable');
  return new WidgetProblem(code as EvalonErrorCode, {
    detail: readString(body, 'detail'),
    status,
    requestId: (status >= 500 && headers.get('x-request-id')) || undefined,
    retryAfter: Number(headers.get('retry-after')) || undefined,
    session: parseSession(body['session']),
  });
}
