/**
 * Every refusal the proxy can answer, as facts: a literal `code`, an HTTP status, a sentence for the recruiter.
 * `detail` never carries a secret, a candidate's data or Evalon's own words; those stay in `cause`, for the log.
 */
import type { ProblemCode } from '../contract/problem.ts';
import type { Session } from '../contract/session.ts';

interface Facts {
  cause?: unknown;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
}

export abstract class ProxyError extends Error {
  abstract readonly code: ProblemCode;
  abstract readonly status: number;
  abstract readonly title: string;
  readonly retryAfter: number | undefined;

  constructor(detail: string, { cause, retryAfter }: Facts = {}) {
    super(detail, { cause });
    this.name = new.target.name;
    this.retryAfter = retryAfter;
  }
}

export interface FieldError {
  path: string;
  message: string;
}

export class InvalidRequest extends ProxyError {
  readonly code = 'invalid_request';
  readonly status: number;
  readonly title = 'The request is not valid';
  readonly errors: FieldError[];

  constructor(detail: string, errors: FieldError[] = [], status = 400) {
    super(detail);
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

/** There is nothing to compare a result with, or nobody wants that here: a fact about results, no attempt at another's. */
export class NoPercentile extends ProxyError {
  readonly code = 'not_found';
  readonly status = 404;
  readonly title = 'Nothing to compare';
}

/** Evalon has no scorecard for this session yet. */
export class ScorecardNotReady extends ProxyError {
  readonly code = 'not_ready';
  readonly status = 409;
  readonly title = 'Not ready yet';
}

/** Evalon holds a session of another assessment for this person and project; `session` is that one. */
export class TypeConflict extends ProxyError {
  readonly code = 'type_conflict';
  readonly status = 409;
  readonly title = 'Another assessment stands in the way';
  readonly session: Session;

  constructor(detail: string, session: Session) {
    super(detail);
    this.session = session;
  }
}

/** What was asked for does not go together with what happened meanwhile. */
export class Conflict extends ProxyError {
  readonly code = 'conflict';
  readonly status = 409;
  readonly title = 'Something else came first';
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

/** Evalon answered and said no: asking the same again will not help. */
export class UpstreamRejected extends ProxyError {
  readonly code = 'upstream_rejected';
  readonly status = 502;
  readonly title = 'Evalon did not accept this';
}

/** Somebody else's server could not be reached or is busy (503), or answered with something that makes no sense (502). */
abstract class NotAvailable extends ProxyError {
  readonly code = 'upstream_unavailable';
  readonly status: 502 | 503;

  constructor(detail: string, status: 502 | 503, facts: Facts = {}) {
    super(detail, facts);
    this.status = status;
  }
}

export class UpstreamUnavailable extends NotAvailable {
  readonly title = 'Evalon is not available';
}

/** The ATS answered and said no: asking the same again will not help. */
export class AtsRejected extends ProxyError {
  readonly code = 'upstream_rejected';
  readonly status = 502;
  readonly title = 'The ATS did not accept this';
}

export class AtsUnavailable extends NotAvailable {
  readonly title = 'The ATS is not available';
}

/** The proxy itself cannot serve this now: starting, stopping, or its database does not take writes. */
export class Unavailable extends ProxyError {
  readonly code = 'unavailable';
  readonly status = 503;
  readonly title = 'Not available right now';
}

/** The settings, or what they point to, cannot work. Printed at start; the process exits with 78. */
export class SettingsError extends Error {
  readonly errors: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.errors = faults;
  }
}
