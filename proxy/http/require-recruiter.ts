/** Authenticates the recruiter before it reads the body. */
import { type ErrorRequestHandler, json, type Request, type RequestHandler, type Response } from 'express';
import type { Recruiter } from '../auth/recruiter.ts';
import type { Context } from '../context.ts';
import { auditRefusals } from './audit-refusals.ts';
import { LIMITS, limitByRecruiter } from './request-limits.ts';

export type RecruiterHandler = (recruiter: Recruiter, request: Request, response: Response) => Promise<void>;

/** Builds the handlers of a route. `middleware` runs between authentication and `handle`, and parses the body. */
export type WithRecruiter = (
  handle: RecruiterHandler,
  middleware?: readonly RequestHandler[],
) => (RequestHandler | ErrorRequestHandler)[];

/** Enough for 2,000 candidates with long emails. */
const MAX_BODY = '1mb';

export function createWithRecruiter({ authenticate, audit }: Context): WithRecruiter {
  const requireRecruiter: RequestHandler = async (request, response, next) => {
    response.locals['recruiter'] = await authenticate(request);
    response.set('cache-control', 'no-store');
    next();
  };
  const limit = limitByRecruiter(LIMITS.requestsPerRecruiterMinute);
  const parseJson = json({ limit: MAX_BODY, strict: true });

  return (handle, middleware = [parseJson]) => [
    requireRecruiter,
    limit,
    ...middleware,
    (request: Request, response: Response) => handle(response.locals['recruiter'], request, response),
    auditRefusals(audit),
  ];
}
