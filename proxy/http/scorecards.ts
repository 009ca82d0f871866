/** A session's scorecard and its percentile. */
import { Router } from 'express';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import type { WithRecruiter } from './require-recruiter.ts';

export function createScorecardRouter({ getScorecard, getPercentile }: Context, withRecruiter: WithRecruiter): Router {
  const router = Router();

  router.get(
    ROUTES.scorecard,
    withRecruiter(async (recruiter, { params, headers }, response) => {
      // fetch() sends `no-cache` with `If-None-Match`, and `no-cache` keeps Express from responding 304.
      delete headers['cache-control'];
      response.json(await getScorecard(recruiter, String(params['session_uuid'])));
    }),
  );

  router.get(
    ROUTES.percentile,
    withRecruiter(async (recruiter, { params }, response) => {
      response.json(await getPercentile(recruiter, String(params['session_uuid'])));
    }),
  );

  return router;
}
