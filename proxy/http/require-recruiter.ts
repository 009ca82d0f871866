/** Authenticates the recruiter and checks the scope, and only then reads the body. */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { assertScope } from '../auth/permissions.ts';
import type { Recruiter, Scope } from '../auth/recruiter.ts';
import type { Context } from '../context.ts';
import { auditRefusals } from './audit-refusals.ts';
import { parseJsonBody } from './json-body.ts';
import { LIMITS, limitByRecruiter } from './request-limits.ts';

export type RecruiterHandler = (recruiter: Recruiter, request: Request, response: Response) => Promise<void>;

export interface RecruiterRouteOptions {
  /** The scope that the route requires. */
  scope?: Scope;
  /** A further rate limit. */
  limit?: RequestHandler;
  /** The largest JSON body. Absent: the body is not read. */
  maxBodyBytes?: number;
}

/** Builds the handlers of a route. */
export type WithRecruiter = (
  handler: RecruiterHandler,
  options?: RecruiterRouteOptions,
) => (RequestHandler | ErrorRequestHandler)[];

export function createWithRecruiter({ authenticate, audit }: Context): WithRecruiter {
  const requireRecruiter: RequestHandler = async (request, response, next) => {
    response.locals['recruiter'] = await authenticate(request);
    response.set('cache-control', 'no-store');
    next();
  };
  const limit = limitByRecruiter(LIMITS.requestsPerRecruiterMinute);
  const requireScope =
    (scope: Scope): RequestHandler =>
    (_request, response, next) => {
      assertScope(response.locals['recruiter'], scope);
      next();
    };

  return (handler, { scope, limit: routeLimit, maxBodyBytes } = {}) => [
    requireRecruiter,
    limit,
    ...(scope ? [requireScope(scope)] : []),
    ...(routeLimit ? [routeLimit] : []),
    ...(maxBodyBytes === undefined ? [] : parseJsonBody(maxBodyBytes)),
    (request: Request, response: Response) => handler(response.locals['recruiter'], request, response),
    auditRefusals(audit),
  ];
}
