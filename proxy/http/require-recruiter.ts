/** Who calls is known before anything else of a request is looked at, and whoever tries what is not theirs is recorded. */
import { json, type Request, type RequestHandler, type Response } from 'express';
import type { Audit, RefusedAttempt } from '../audit/audit-log.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import { Forbidden, NotFound, type ProxyError, Unauthenticated } from '../util/errors.ts';
import { type Limits, limitByRecruiter } from './request-limits.ts';

type RecruiterHandler = (recruiter: Recruiter, request: Request, response: Response) => Promise<void>;

/** Makes a handler of a route out of what is served to a recruiter; `parse` reads the body. */
export type WithRecruiter = (serve: RecruiterHandler, parse?: RequestHandler) => RequestHandler;

/** Bytes of a body: 2,000 candidates with long addresses fit. */
const parseJson = json({ limit: '1mb', strict: true });

interface Options {
  authenticate: Authenticate;
  audit: Pick<Audit, 'recordRefused'>;
  limits: Limits;
}

export function createWithRecruiter({ authenticate: signIn, audit, limits }: Options): WithRecruiter {
  const countRecruiter = limitByRecruiter(limits);
  return (serve, parse = parseJson) =>
    async (request, response) => {
      let recruiter: Recruiter | undefined;
      try {
        recruiter = await signIn(request);
        response.locals['recruiter'] = recruiter;
        await runMiddleware(countRecruiter, request, response);
        await runMiddleware(parse, request, response);
        response.set('cache-control', 'no-store');
        await serve(recruiter, request, response);
      } catch (error) {
        if (isRefusal(error))
          await audit.recordRefused({ ...toRefusal(request, error), ...(recruiter && { recruiter }) });
        throw error;
      }
    };
}

/** Whether somebody tried what is not theirs; a session that may not be seen answers as if it were not there. */
function isRefusal(error: unknown): error is ProxyError {
  return error instanceof Unauthenticated || error instanceof Forbidden || error instanceof NotFound;
}

function toRefusal(request: Request, { code }: ProxyError): RefusedAttempt {
  const { session_uuid } = request.params;
  const route = String(request.route?.path);
  return { code, route, ...(session_uuid !== undefined && { session_uuid: String(session_uuid) }) };
}

/** A middleware as a promise. */
function runMiddleware(run: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => run(request, response, (error) => (error ? reject(error) : resolve())));
}
