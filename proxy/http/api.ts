/** The routes that recruiters' pages call, batches aside: authorise, parse, call one use case, answer. */
import { type Request, Router } from 'express';
import type { Audit } from '../audit/audit-log.ts';
import type { SignIn } from '../auth/authenticate.ts';
import { maySeeProject, viewerOf } from '../auth/recruiter.ts';
import { demandBatches } from '../batches/batches.ts';
import type { Config } from '../config/config.ts';
import type { Offer } from '../contract/client-config.ts';
import { sessionQuerySchema } from '../contract/list.ts';
import * as ROUTES from '../contract/routes.ts';
import { inviteSchema } from '../contract/session.ts';
import { eventsRequestSchema } from '../contract/stream.ts';
import type { InviteCandidate } from '../invites/invite.ts';
import type { GetScorecard } from '../scorecards/get-scorecard.ts';
import type { GetStanding } from '../scorecards/percentile.ts';
import { getSession, mayWatch, querySessions } from '../sessions/list-by-candidates.ts';
import { listSessions, reachesOf } from '../sessions/list-by-filter.ts';
import type { ResolveCandidate } from '../sessions/resolve-candidate.ts';
import type { Store } from '../store/store.ts';
import type { Hub } from '../stream/broker.ts';
import { serveStream } from '../stream/client.ts';
import type { Attention } from '../stream/viewed-candidates.ts';
import type { Clock } from '../util/clock.ts';
import { Forbidden } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { requestId, withRequestId } from '../util/request-context.ts';
import { batchRoutes } from './batches.ts';
import { candidateRoutes } from './candidates.ts';
import { type Limits, limitByAddress, streamPlaces } from './request-limits.ts';
import { signedInBy } from './require-recruiter.ts';
import { parseBody } from './validate.ts';

export interface ApiOptions {
  /** The settings of the moment. */
  config: () => Pick<
    Config,
    'environment' | 'assessments' | 'delivery' | 'inviteSubject' | 'inviteMessage' | 'comparison' | 'adapters'
  >;
  clock: Clock;
  store: Store;
  hub: Hub;
  attention: Attention;
  signIn: SignIn;
  audit: Audit;
  invite: InviteCandidate;
  getScorecard: GetScorecard;
  getStanding: GetStanding;
  resolve: ResolveCandidate;
  isConnected: (ats: string) => boolean;
  log: Log;
  limits: Limits;
}

export function apiRoutes(options: ApiOptions): Router {
  const { config, clock, store, hub, audit, invite, getScorecard, getStanding, limits } = options;
  const router = Router();
  const signedIn = signedInBy(options);
  const takePlace = streamPlaces(limits);
  router.use('/v1', limitByAddress(limits));

  router.get(
    ROUTES.config,
    signedIn(async (recruiter, _request, response) => {
      const { environment, assessments, delivery, inviteSubject, inviteMessage, comparison, adapters } = config();
      const offer: Offer = {
        environment,
        assessments: assessments.filter(({ project_id }) => maySeeProject(recruiter, project_id)),
        delivery,
        invite_subject: inviteSubject,
        invite_message: inviteMessage,
        comparison,
        scope: [...recruiter.scope],
        viewer: viewerOf(recruiter, store.pepper),
        adapters: adapters.map((adapter) => ({ ...adapter, connected: options.isConnected(adapter.ats) })),
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
        ? await listSessions(options, recruiter, filter, page)
        : await querySessions(options, recruiter, candidates);
      if (answer.denied.length) await audit.refused({ recruiter, code: 'forbidden', route: ROUTES.sessionQuery });
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
    ROUTES.standing,
    signedIn(async (recruiter, { params }, response) => {
      response.json(await getStanding(recruiter, String(params['session_uuid'])));
    }),
  );

  router.use(batchRoutes({ store, clock, signedIn }));
  router.use(candidateRoutes({ ...options, signedIn }));

  router.post(
    ROUTES.events,
    signedIn(async (recruiter, request, response) => {
      const { candidates = [], filter, batches = [] } = parseBody(eventsRequestSchema, request.body);
      if (!candidates.every((row) => mayWatch(recruiter, row))) {
        throw new Forbidden('Your sign-in does not cover all candidates of this page. Ask your IT team for access.');
      }
      const reaches = filter ? reachesOf(recruiter, filter) : [];
      await demandBatches(store, recruiter, batches);
      const id = requestId();
      const lastEventId = request.get('last-event-id');
      takePlace(recruiter, response);
      forget(request);
      serveStream({
        hub,
        clock,
        response,
        recruiter,
        candidates,
        reaches,
        batches,
        lastEventId,
        onShown: (event) => withRequestId(id, () => audit.seenLive(recruiter, event)),
      });
    }),
  );

  return router;
}

/** A request lives as long as its stream, by thousands: what it brought, its token above all, need not. */
function forget(request: Request): void {
  request.body = undefined;
  request.next = undefined;
  request.rawHeaders = [];
  request.headers = {};
}
