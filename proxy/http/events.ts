/** Streams events about candidates, about sessions that match a filter, and about batches. */
import { type Request, Router } from 'express';
import { authorizeBatchStream } from '../batches/batches.ts';
import type { Context } from '../context.ts';
import * as ROUTES from '../contract/routes.ts';
import { eventsRequestSchema } from '../contract/stream.ts';
import { canWatch } from '../sessions/list-by-candidates.ts';
import { toStreamFilters } from '../sessions/list-by-filter.ts';
import { serveStream } from '../stream/client.ts';
import { Forbidden } from '../util/errors.ts';
import { getRequestId, withRequestId } from '../util/request-context.ts';
import { createStreamLimiter } from './request-limits.ts';
import type { WithRecruiter } from './require-recruiter.ts';
import { parseBody } from './validate.ts';

/** Enough for 2,000 candidates with long addresses. */
const MAX_BODY_BYTES = 1024 * 1024;

export function createEventRouter({ store, broker, clock, audit }: Context, withRecruiter: WithRecruiter): Router {
  const router = Router();
  const limiter = createStreamLimiter();

  router.post(
    ROUTES.events,
    withRecruiter(
      async (recruiter, request, response) => {
        const { candidates = [], filter, batches = [] } = parseBody(eventsRequestSchema, request.body);
        if (!candidates.every((candidate) => canWatch(recruiter, candidate))) {
          throw new Forbidden("You don't have access to every candidate on this page. Ask IT for access.");
        }
        const filters = filter ? toStreamFilters(recruiter, filter) : [];
        await authorizeBatchStream({ store, audit }, recruiter, batches);

        limiter.acquire(recruiter, response);
        const requestId = getRequestId();
        const lastEventId = request.get('last-event-id');
        releaseRequestData(request);
        serveStream({
          broker,
          clock,
          response,
          recruiter,
          request: { candidates, filters, batches },
          lastEventId,
          onFirstShown: (event) => withRequestId(requestId, () => audit.recordSeenLive(recruiter, event)),
        });
      },
      { scope: 'read', maxBodyBytes: MAX_BODY_BYTES },
    ),
  );

  return router;
}

/** Frees the memory of the body and of the headers, which contain the token, while the stream is open. */
function releaseRequestData(request: Request): void {
  request.body = undefined;
  request.next = undefined;
  request.rawHeaders = [];
  request.headers = {};
}
