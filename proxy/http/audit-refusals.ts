/**
 * Records requests that the proxy refused because the caller lacks rights. `NotFound` counts too: it is the error for a
 * session that the recruiter may not see.
 */
import type { ErrorRequestHandler } from 'express';
import type { Audit } from '../audit/audit-log.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import { Forbidden, NotFound, Unauthenticated } from '../util/errors.ts';

/** Must be the last handler of each route, because Express knows a route's parameters only in the route's handlers. */
export function auditRefusals(audit: Pick<Audit, 'recordRefused'>): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (error instanceof Unauthenticated || error instanceof Forbidden || error instanceof NotFound) {
      const recruiter: Recruiter | undefined = response.locals['recruiter'];
      const { session_uuid } = request.params;
      await audit.recordRefused({
        code: error.code,
        route: String(request.route?.path),
        ...(recruiter && { recruiter }),
        ...(session_uuid !== undefined && { session_uuid: String(session_uuid) }),
      });
    }
    next(error);
  };
}
