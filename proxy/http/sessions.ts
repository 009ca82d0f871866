/** Sessions: invite a candidate, read one session or a list, record a handover of the link, and read a timeline. */
import { Router } from 'express';
import type { Context } from '../context.ts';
import { sessionQuerySchema } from '../contract/list.ts';
import * as ROUTES from '../contract/routes.ts';
import { handoverSchema, inviteSchema } from '../contract/session.ts';
import { getSession } from '../sessions/get-session.ts';
import { listSessionsByCandidates } from '../sessions/list-by-candidates.ts';
import { listSessionsByFilter } from '../sessions/list-by-filter.ts';
import { LIMITS, limitByRecruiter } from './request-limits.ts';
import type { WithRecruiter } from './require-recruiter.ts';
import { parseBody, parseIdempotencyKey } from './validate.ts';

const MAX_INVITE_BYTES = 32 * 1024;
const MAX_HANDOVER_BYTES = 1024;
/** Enough for 500 candidates with long addresses and ids. */
const MAX_QUERY_BYTES = 1024 * 1024;

export function createSessionRouter(context: Context, withRecruiter: WithRecruiter): Router {
  const { audit, inviteCandidate, recordHandover, getTimeline } = context;
  const router = Router();

  router.post(
    ROUTES.sessions,
    withRecruiter(
      async (recruiter, { body }, response) => {
        const { session, isCreated } = await inviteCandidate(recruiter, parseBody(inviteSchema, body));
        response.status(isCreated ? 201 : 200).json(session);
      },
      { scope: 'invite', maxBodyBytes: MAX_INVITE_BYTES },
    ),
  );

  router.post(
    ROUTES.sessionQuery,
    withRecruiter(
      async (recruiter, { body }, response) => {
        const { candidates = [], filter, ...page } = parseBody(sessionQuerySchema, body);
        const found = filter
          ? await listSessionsByFilter(context, recruiter, filter, page)
          : await listSessionsByCandidates(context, recruiter, candidates);
        if (found.denied.length)
          await audit.recordRefused({ recruiter, code: 'forbidden', route: ROUTES.sessionQuery });
        response.json(found);
      },
      { maxBodyBytes: MAX_QUERY_BYTES },
    ),
  );

  router.get(
    ROUTES.session,
    withRecruiter(async (recruiter, { params }, response) => {
      response.json(await getSession(context, recruiter, String(params['session_uuid'])));
    }),
  );

  router.post(
    ROUTES.handovers,
    withRecruiter(
      async (recruiter, request, response) => {
        const handover = parseBody(handoverSchema, request.body);
        const uuid = String(request.params['session_uuid']);
        response.status(201).json(await recordHandover(recruiter, uuid, handover, parseIdempotencyKey(request)));
      },
      {
        scope: 'invite',
        limit: limitByRecruiter(LIMITS.handoversPerRecruiterMinute),
        maxBodyBytes: MAX_HANDOVER_BYTES,
      },
    ),
  );

  router.get(
    ROUTES.timeline,
    withRecruiter(async (recruiter, { params }, response) => {
      response.json(await getTimeline(recruiter, String(params['session_uuid'])));
    }),
  );

  return router;
}
