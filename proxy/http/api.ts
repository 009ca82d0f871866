/** The routes that recruiters' pages call: authorise, parse, call one use case, answer. */
import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import { maySeeProject, type Recruiter, viewerOf } from '../auth/recruiter.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Offer } from '../contract/offer.ts';
import * as ROUTES from '../contract/routes.ts';
import { inviteSchema, sessionQuerySchema } from '../contract/session.ts';
import { eventsRequestSchema } from '../contract/stream.ts';
import { Forbidden, NotFound, type ProxyError, Unauthenticated } from '../errors.ts';
import type { Audit, Refusal } from '../sessions/audit.ts';
import type { InviteCandidate } from '../sessions/invite.ts';
import { getSession, mayWatch, querySessions } from '../sessions/query.ts';
import type { GetScorecard } from '../sessions/scorecard.ts';
import type { Store } from '../store/store.ts';
import type { Attention } from '../stream/attention.ts';
import { serveStream } from '../stream/connection.ts';
import type { Hub } from '../stream/hub.ts';
import { requestId, withRequestId } from '../trace.ts';
import { type Limits, limitByAddress, limitByRecruiter, streamPlaces } from './limits.ts';
import { parseBody } from './parse.ts';

export interface ApiOptions {
  /** The settings of the moment. */
  config: () => Pick<Config, 'environment' | 'assessments' | 'delivery' | 'comparison'>;
  clock: Clock;
  store: Store;
  hub: Hub;
  attention: Attention;
  signIn: SignIn;
  audit: Audit;
  invite: InviteCandidate;
  getScorecard: GetScorecard;
  limits: Limits;
}

/** Bytes of a body: 2,000 candidates with long addresses fit. */
const LARGEST_BODY = '1mb';

export function apiRoutes(options: ApiOptions): Router {
  const { config, clock, store, hub, signIn, audit, invite, getScorecard, limits } = options;
  const router = Router();
  const parseJson = json({ limit: LARGEST_BODY, strict: true });
  const countRecruiter = limitByRecruiter(limits);
  const takePlace = streamPlaces(limits);
  router.use('/v1', limitByAddress(limits));

  /** Nobody's body is read before it is known who sends it. */
  const signedIn =
    (serve: (recruiter: Recruiter, request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response) => {
      let recruiter: Recruiter | undefined;
      try {
        recruiter = await signIn(request);
        response.locals['recruiter'] = recruiter;
        await done(countRecruiter, request, response);
        await done(parseJson, request, response);
        response.set('cache-control', 'no-store');
        await serve(recruiter, request, response);
      } catch (error) {
        if (isRefusal(error)) await audit.refused({ ...refusalOf(request, error), ...(recruiter && { recruiter }) });
        throw error;
      }
    };

  router.get(
    ROUTES.config,
    signedIn(async (recruiter, _request, response) => {
      const { environment, assessments, delivery, comparison } = config();
      const offer: Offer = {
        environment,
        assessments: assessments.filter(({ project_id }) => maySeeProject(recruiter, project_id)),
        delivery,
        comparison,
        scope: [...recruiter.scope],
        viewer: viewerOf(recruiter, store.pepper),
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
      const { candidates } = parseBody(sessionQuerySchema, body);
      const answer = await querySessions(options, recruiter, candidates);
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

  router.post(
    ROUTES.events,
    signedIn(async (recruiter, request, response) => {
      const { candidates } = parseBody(eventsRequestSchema, request.body);
      if (!candidates.every((row) => mayWatch(recruiter, row))) {
        throw new Forbidden('Your sign-in does not cover all candidates of this page. Ask your IT team for access.');
      }
      takePlace(recruiter, response);
      const id = requestId();
      serveStream({
        hub,
        clock,
        response,
        recruiter,
        candidates,
        lastEventId: request.get('last-event-id'),
        onShown: (event) => withRequestId(id, () => audit.seenLive(recruiter, event)),
      });
    }),
  );

  return router;
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
