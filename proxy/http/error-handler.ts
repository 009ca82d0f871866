/** Turns every error into `application/problem+json` and logs it. Unexpected errors become `internal`. */
import type { ErrorRequestHandler, Response } from 'express';
import type { Problem } from '../contract/problem.ts';
import { InvalidRequest, PayloadTooLarge, ProxyError, TypeConflict } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

/** Used if a retryable error has no `retryAfterSeconds`. */
const DEFAULT_RETRY_SECONDS = 5;

export function createErrorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const proxyError = toProxyError(error);
    const facts = { method: request.method, route: request.route?.path };
    if (proxyError) {
      const level = proxyError.status >= 500 ? 'warn' : 'info';
      log[level]({ ...facts, code: proxyError.code, cause: describeCause(proxyError) }, 'request refused');
    } else {
      log.error({ ...facts, err: error }, 'request failed unexpectedly');
    }
    sendProblem(response, proxyError);
  };
}

function sendProblem(response: Response, error: ProxyError | undefined): void {
  const problem: Problem = {
    type: 'about:blank',
    title: error?.title ?? 'Something went wrong',
    status: error?.status ?? 500,
    detail: error?.message ?? 'Something went wrong. Try again. If it keeps happening, contact IT.',
    code: error?.code ?? 'internal',
    ...(error instanceof InvalidRequest && { errors: error.errors }),
    ...(error instanceof TypeConflict && { session: error.session }),
  };
  const retryAfterSeconds = error?.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS;
  if (problem.status === 429 || problem.status === 503) response.set('retry-after', String(retryAfterSeconds));
  if (problem.status === 401 && !response.get('www-authenticate')) response.set('www-authenticate', 'Bearer');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Also maps the errors that Express and its body parsers throw. Returns undefined for an unexpected error. */
export function toProxyError(error: unknown): ProxyError | undefined {
  if (error instanceof ProxyError) return error;
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  if (status === 413) return new PayloadTooLarge('The request body is too large.');
  const detail = type === 'entity.parse.failed' ? 'The body is not valid JSON.' : 'The request is malformed.';
  return new InvalidRequest(detail, [], status);
}

/** Joins the chain of causes into one line. */
function describeCause({ cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return cause === undefined ? undefined : String(cause);
  return [`${cause.name}: ${cause.message}`, describeCause(cause)].filter(Boolean).join('; ');
}
