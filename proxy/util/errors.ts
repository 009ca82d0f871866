/**
 * The errors that the proxy can return: a code, an HTTP status, and a sentence for the recruiter (`message`). The
 * sentence never contains a secret, a candidate's data or Evalon's own text. Evalon's text is in `cause`, for the log.
 * The HTTP error handler maps the errors to responses.
 */
import type { ProblemCode } from '../contract/problem.ts';
import type { Session } from '../contract/session.ts';

interface ErrorDetails {
  cause?: unknown;
  /** When a retry makes sense. */
  retryAfterSeconds?: number;
}

export abstract class ProxyError extends Error {
  abstract readonly code: ProblemCode;
  abstract readonly status: number;
  abstract readonly title: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, { cause, retryAfterSeconds }: ErrorDetails = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface FieldError {
  path: string;
  message: string;
}

export class InvalidRequest extends ProxyError {
  readonly code = 'invalid_request';
  readonly status: number;
  readonly title = 'Invalid request';
  readonly errors: FieldError[];

  constructor(message: string, errors: FieldError[] = [], status = 400) {
    super(message);
    this.errors = errors;
    this.status = status;
  }
}

export class Unauthenticated extends ProxyError {
  readonly code = 'unauthenticated';
  readonly status = 401;
  readonly title = 'Not signed in';
}

export class Forbidden extends ProxyError {
  readonly code = 'forbidden';
  readonly status = 403;
  readonly title = 'Not allowed';
}

export class NotFound extends ProxyError {
  readonly code = 'not_found';
  readonly status = 404;
  readonly title = 'Not found';
}

/**
 * Comparison is off, or not available to this caller. The audit log records NotFound as a refusal, but not this error.
 */
export class NoPercentile extends ProxyError {
  readonly code = 'not_found';
  readonly status = 404;
  readonly title = 'Nothing to compare';
}

export class ScorecardNotReady extends ProxyError {
  readonly code = 'not_ready';
  readonly status = 409;
  readonly title = 'Not ready yet';
}

/** Evalon already has a session of another assessment for this candidate and project. */
export class TypeConflict extends ProxyError {
  readonly code = 'type_conflict';
  readonly status = 409;
  readonly title = 'Another assessment already exists';
  readonly session: Session;

  constructor(message: string, session: Session) {
    super(message);
    this.session = session;
  }
}

/** The request conflicts with another change. */
export class Conflict extends ProxyError {
  readonly code = 'conflict';
  readonly status = 409;
  readonly title = 'Conflict with another change';
}

export class PayloadTooLarge extends ProxyError {
  readonly code = 'too_large';
  readonly status = 413;
  readonly title = 'Too large';
}

export class RateLimited extends ProxyError {
  readonly code = 'rate_limited';
  readonly status = 429;
  readonly title = 'Too many requests';
}

/** Evalon refused the call. A retry will not help. */
export class UpstreamRejected extends ProxyError {
  readonly code = 'upstream_rejected';
  readonly status = 502;
  readonly title = 'Refused by Evalon';
}

/** Another server cannot be reached or is busy (503), or sent an invalid response (502). */
abstract class RemoteUnavailable extends ProxyError {
  readonly code = 'upstream_unavailable';
  readonly status: 502 | 503;

  constructor(message: string, status: 502 | 503, details: ErrorDetails = {}) {
    super(message, details);
    this.status = status;
  }
}

export class UpstreamUnavailable extends RemoteUnavailable {
  readonly title = 'Evalon is not available';
}

/** The ATS refused the call. A retry will not help. */
export class AtsRejected extends ProxyError {
  readonly code = 'upstream_rejected';
  readonly status = 502;
  readonly title = 'Refused by the ATS';
}

export class AtsUnavailable extends RemoteUnavailable {
  readonly title = 'The ATS is not available';
}

/** The proxy, its database, or the service that verifies recruiters is not available. */
export class Unavailable extends ProxyError {
  readonly code = 'unavailable';
  readonly status = 503;
  readonly title = 'Not available right now';
}

/**
 * The settings are invalid, or something that they refer to does not work. At startup, the process prints the problems
 * and exits with 78.
 */
export class SettingsError extends Error {
  /** One per problem, with its fix. */
  readonly errors: readonly string[];

  constructor(errors: readonly string[]) {
    super(errors.join('\n'));
    this.name = 'SettingsError';
    this.errors = errors;
  }
}
