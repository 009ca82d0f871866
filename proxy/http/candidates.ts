/** The routes of candidates in ATS pages: who it is, and that a page could not be read. */
import { json, type RequestHandler, Router } from 'express';
import type { Config } from '../config/config.ts';
import { unknownPageSchema } from '../contract/page-adapter.ts';
import { matchesHost } from '../contract/page-address.ts';
import { resolveRequestSchema } from '../contract/resolve.ts';
import * as ROUTES from '../contract/routes.ts';
import type { ResolveCandidate } from '../sessions/resolve-candidate.ts';
import { InvalidRequest } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { type Limits, limitByRecruiter } from './request-limits.ts';
import type { WithRecruiter } from './require-recruiter.ts';
import { parseBody } from './validate.ts';

export interface CandidateOptions {
  config: () => Pick<Config, 'adapters'>;
  resolveCandidate: ResolveCandidate;
  withRecruiter: WithRecruiter;
  log: Log;
  limits: Limits;
}

const parseJson = json({ limit: '16kb', strict: true });

export function createCandidateRouter({
  config,
  resolveCandidate: resolve,
  withRecruiter: signedIn,
  log,
  limits,
}: CandidateOptions): Router {
  const router = Router();
  const counted = (perRecruiter: number): RequestHandler => {
    const count = limitByRecruiter({ requestsPerRecruiterMinute: perRecruiter });
    return (request, response, next) =>
      count(request, response, (error) => (error ? next(error) : parseJson(request, response, next)));
  };

  router.post(
    ROUTES.resolve,
    signedIn(async (recruiter, { body }, response) => {
      response.json(await resolve(recruiter, parseBody(resolveRequestSchema, body)));
    }, counted(limits.resolvesPerRecruiterMinute)),
  );

  router.post(
    ROUTES.unknownPage,
    signedIn(async (_recruiter, { body }, response) => {
      const { adapter, host } = parseBody(unknownPageSchema, body);
      const known = config().adapters.find(({ name }) => name === adapter);
      // What stands in the log is ours: the name of an adapter, and a host that it knows.
      if (!known || !matchesHost(known.hosts, host)) {
        throw new InvalidRequest('No page adapter of this name knows this host.', [
          { path: 'adapter', message: 'does not know this host' },
        ]);
      }
      log.warn(
        { alert: 'page_not_understood', adapter, host },
        'a page of an ATS could not be read: its adapter may be outdated',
      );
      response.status(204).end();
    }, counted(limits.reportsPerRecruiterMinute)),
  );

  return router;
}
