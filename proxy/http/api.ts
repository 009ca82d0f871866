/** The routes that recruiters' pages call, batches aside: authorise, parse, call one use case, answer. */
import { type Request, Router } from 'express';
import type { Audit } from '../audit/audit-log.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import { canSeeProject, rightsFingerprint } from '../auth/recruiter.ts';
import { assertCanReadBatches } from '../batches/batches.ts';
import type { Config } from '../config/config.ts';
import type { ClientConfig } from '../contract/client-config.ts';
import { sessionQuerySchema } from '../contract/list.ts';
import * as ROUTES from '../contract/routes.ts';
import { inviteSchema } from '../contract/session.ts';
import { eventsRequestSchema } from '../contract/stream.ts';
import type { InviteCandidate } from '../invites/invite.ts';
import type { GetScorecard } from '../scorecards/get-scorecard.ts';
import type { GetPercentile } from '../scorecards/percentile.ts';
import { canWatch, getSession, listSessionsByCandidates } from '../sessions/list-by-candidates.ts';
import { listSessionsByFilter, toStreamFilters } from '../sessions/list-by-filter.ts';
import type { ResolveCandidate } from '../sessions/resolve-candidate.ts';
import type { Store } from '../store/store.ts';
import type { Broker } from '../stream/broker.ts';
import { serveStream } from '../stream/client.ts';
import type { ViewedCandidates } from '../stream/viewed-candidates.ts';
import type { Clock } from '../util/clock.ts';
import { Forbidden } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { getRequestId, withRequestId } from '../util/request-context.ts';
import { createBatchRouter } from './batches.ts';
import { createCandidateRouter } from './candidates.ts';
import { createStreamLimiter, type Limits, limitByAddress } from './request-limits.ts';
import { createWithRecruiter } from './require-recruiter.ts';
import { parseBody } from './validate.ts';

export interface ApiOptions {
  /** The settings of the moment. */
  config: () => Pick<
    Config,
    'environment' | 'assessments' | 'delivery' | 'inviteSubject' | 'inviteMessage' | 'isComparisonEnabled' | 'adapters'
  >;
  clock: Clock;
  store: Store;
  broker: Broker;
  viewedCandidates: ViewedCandidates;
  authenticate: Authenticate;
  audit: Audit;
  inviteCandidate: InviteCandidate;
  getScorecard: GetScorecard;
  getPercentile: GetPercentile;
  resolveCandidate: ResolveCandidate;
  isAtsConnected: (ats: string) => boolean;
  log: Log;
  limits: Limits;
}

export function createApiRouter(options: ApiOptions): Router {
  const {
    config,
    clock,
    store,
    broker: hub,
    audit,
    inviteCandidate: invite,
    getScorecard,
    getPercentile: getStanding,
    limits,
  } = options;
  const router = Router();
  const signedIn = createWithRecruiter(options);
  const takePlace = createStreamLimiter(limits);
  router.use('/v1', limitByAddress(limits));

  router.get(
    ROUTES.config,
    signedIn(async (recruiter, _request, response) => {
      const {
        environment,
        assessments,
        delivery,
        inviteSubject,
        inviteMessage,
        isComparisonEnabled: comparison,
        adapters,
      } = config();
      const offer: ClientConfig = {
        environment,
        assessments: assessments.filter(({ project_id }) => canSeeProject(recruiter, project_id)),
        delivery,
        invite_subject: inviteSubject,
        invite_message: inviteMessage,
        comparison,
        scope: [...recruiter.scope],
        viewer: rightsFingerprint(recruiter, store.pepper),
        adapters: adapters.map((adapter) => ({ ...adapter, connected: options.isAtsConnected(adapter.ats) })),
      };
      response.json(offer);
    }),
  );

  router.post(
    ROUTES.sessions,
    signedIn(async (recruiter, { body }, response) => {
      const { session, created } = await invite(recruiter, parseBody(inviteSchema, body));
      response.status(created ? 201 : 200).json(session);
    }),
  );

  router.post(
    ROUTES.sessionQuery,
    signedIn(async (recruiter, { body }, response) => {
      const { candidates = [], filter, ...page } = parseBody(sessionQuerySchema, body);
      const answer = filter
        ? await listSessionsByFilter(options, recruiter, filter, page)
        : await listSessionsByCandidates(options, recruiter, candidates);
      if (answer.denied.length) await audit.recordRefused({ recruiter, code: 'forbidden', route: ROUTES.sessionQuery });
      response.json(answer);
    }),
  );

  router.get(
    ROUTES.session,
    signedIn(async (recruiter, { params }, response) => {
      response.json(await getSession(options, recruiter, String(params['session_uuid'])));
    }),
  );

  router.get(
    ROUTES.scorecard,
    signedIn(async (recruiter, { params, headers }, response) => {
      // A page's fetch() adds no-cache to its own If-None-Match; that is meant for caches on the way.
      delete headers['cache-control'];
      response.json(await getScorecard(recruiter, String(params['session_uuid'])));
    }),
  );

  router.get(
    ROUTES.percentile,
    signedIn(async (recruiter, { params }, response) => {
      response.json(await getStanding(recruiter, String(params['session_uuid'])));
    }),
  );

  router.use(createBatchRouter({ store, clock, withRecruiter: signedIn }));
  router.use(createCandidateRouter({ ...options, withRecruiter: signedIn }));

  router.post(
    ROUTES.events,
    signedIn(async (recruiter, request, response) => {
      const { candidates = [], filter, batches = [] } = parseBody(eventsRequestSchema, request.body);
      if (!candidates.every((row) => canWatch(recruiter, row))) {
        throw new Forbidden('Your sign-in does not cover all candidates of this page. Ask your IT team for access.');
      }
      const reaches = filter ? toStreamFilters(recruiter, filter) : [];
      await assertCanReadBatches(store, recruiter, batches);
      const id = getRequestId();
      const lastEventId = request.get('last-event-id');
      takePlace(recruiter, response);
      releaseRequestData(request);
      serveStream({
        broker: hub,
        clock,
        response,
        recruiter,
        candidates,
        filters: reaches,
        batches,
        lastEventId,
        onFirstShown: (event) => withRequestId(id, () => audit.recordSeenLive(recruiter, event)),
      });
    }),
  );

  return router;
}

/** A request lives as long as its stream, by thousands: what it brought, its token above all, need not. */
function releaseRequestData(request: Request): void {
  request.body = undefined;
  request.next = undefined;
  request.rawHeaders = [];
  request.headers = {};
}
