/** Who calls is known before anything else of a request is looked at, and whoever tries what is not theirs is recorded. */
import { json, type Request, type RequestHandler, type Response } from 'express';
import type { Audit, Refusal } from '../audit/audit-log.ts';
import type { SignIn } from '../auth/authenticate.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import { Forbidden, NotFound, type ProxyError, Unauthenticated } from '../util/errors.ts';
import { type Limits, limitByRecruiter } from './request-limits.ts';

type Serve = (recruiter: Recruiter, request: Request, response: Response) => Promise<void>;

/** Makes a handler of a route out of what is served to a recruiter; `parse` reads the body. */
export type SignedIn = (serve: Serve, parse?: RequestHandler) => RequestHandler;

/** Bytes of a body: 2,000 candidates with long addresses fit. */
const parseJson = json({ limit: '1mb', strict: true });

interface Options {
  signIn: SignIn;
  audit: Pick<Audit, 'refused'>;
  limits: Limits;
}

export function signedInBy({ signIn, audit, limits }: Options): SignedIn {
  const countRecruiter = limitByRecruiter(limits);
  return (serve, parse = parseJson) =>
    async (request, response) => {
      let recruiter: Recruiter | undefined;
      try {
        recruiter = await signIn(request);
        response.locals['recruiter'] = recruiter;
        await done(countRecruiter, request, response);
        await done(parse, request, response);
        response.set('cache-control', 'no-store');
        await serve(recruiter, request, response);
      } catch (error) {
        if (isRefusal(error)) await audit.refused({ ...refusalOf(request, error), ...(recruiter && { recruiter }) });
        throw error;
      }
    };
}

/** Whether somebody tried what is not theirs; a session that may not be seen answers as if it were not there. */
function isRefusal(error: unknown): error is ProxyError {
  return error instanceof Unauthenticated || error instanceof Forbidden || error instanceof NotFound;
}

function refusalOf(request: Request, { code }: ProxyError): Refusal {
  const { session_uuid } = request.params;
  const route = String(request.route?.path);
  return { code, route, ...(session_uuid !== undefined && { session_uuid: String(session_uuid) }) };
}

/** A middleware as a promise. */
function done(run: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => run(request, response, (error) => (error ? reject(error) : resolve())));
}
