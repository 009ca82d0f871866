/** Looks up the candidates of ATS pages through the ATS's API, and logs pages that an adapter could not read. */
import { Router } from 'express';
import type { Context } from '../context.ts';
import { unknownPageSchema } from '../contract/page-adapter.ts';
import { matchesHost } from '../contract/page-address.ts';
import { resolveRequestSchema } from '../contract/resolve.ts';
import * as ROUTES from '../contract/routes.ts';
import { InvalidRequest } from '../util/errors.ts';
import { LIMITS, limitByRecruiter } from './request-limits.ts';
import type { WithRecruiter } from './require-recruiter.ts';
import { parseBody } from './validate.ts';

const MAX_BODY_BYTES = 16 * 1024;

export function createCandidateRouter(
  { config, resolveCandidate, log }: Context,
  withRecruiter: WithRecruiter,
): Router {
  const router = Router();

  router.post(
    ROUTES.resolve,
    withRecruiter(
      async (recruiter, { body }, response) => {
        response.json(await resolveCandidate(recruiter, parseBody(resolveRequestSchema, body)));
      },
      {
        scope: 'invite',
        limit: limitByRecruiter(LIMITS.resolvesPerRecruiterMinute),
        maxBodyBytes: MAX_BODY_BYTES,
      },
    ),
  );

  router.post(
    ROUTES.unknownPage,
    withRecruiter(
      async (_recruiter, { body }, response) => {
        const { adapter, host } = parseBody(unknownPageSchema, body);
        // Logs only configured adapters and hosts, because a caller can send any text.
        const configured = config().adapters.find(({ name }) => name === adapter);
        if (!configured || !matchesHost(configured.hosts, host)) {
          throw new InvalidRequest('No page adapter with this name handles this host.', [
            { path: 'adapter', message: 'does not handle this host' },
          ]);
        }
        log.warn({ alert: 'page_not_understood', adapter, host }, 'an ATS page was not understood; update its adapter');
        response.status(204).end();
      },
      { limit: limitByRecruiter(LIMITS.unknownPageReportsPerRecruiterMinute), maxBodyBytes: MAX_BODY_BYTES },
    ),
  );

  return router;
}
