/**
 * A proxy that answers from the gallery's states, one below each `/:state`. It holds no stream: each ends at once, and
 * the widget is back within seconds, so that a page full of elements keeps within the six connections of HTTP/1.1.
 */
import express, { type Request, type Response, type Router } from 'express';
import { toCandidateKey } from '../../contract/candidate.ts';
import * as ROUTES from '../../contract/routes.ts';
import type { Session } from '../../contract/session.ts';
import type { AuthorizationResponse } from '../../contract/sso.ts';
import { NOT_FOUND } from './fixtures.ts';
import { STORIES } from './stories/stories.ts';
import type { MockFailure, MockResponses } from './story.ts';

export interface MockApi {
  router: Router;
  /** Ends what is never answered. */
  close(): void;
}

interface Row {
  candidate_email: string;
  project_id?: string;
}

/** Candidates by name, or those of the recruiter's own sessions that have come so far. */
interface Question {
  candidates?: Row[];
  filter?: { status?: readonly string[] };
}

/** A sign-in that was begun leads nowhere: the gallery has no identity provider. */
const ATTEMPT = 'a'.repeat(43);
const EMPTY_STREAM = 'retry: 1000\n\n';

export function createMockApi(): MockApi {
  const router = express.Router();
  const held = new Set<Response>();
  router.use(express.json());

  /** Answers with what is canned, and where that is no trouble, as `tell` says. */
  const answer =
    <T>(
      pick: (answers: MockResponses, request: Request) => T | MockFailure,
      tell: (value: T, response: Response, request: Request) => void,
    ) =>
    (request: Request, response: Response): void => {
      const state = STORIES.find(({ id }) => id === request.params['state']);
      response.set('cache-control', 'no-store');
      if (!state) return void response.sendStatus(404);
      const value = pick(state.responses, request);
      if (value === 'never') return void hold(response);
      if (value === 'cut') return void request.socket.destroy();
      if (!isRefusal(value)) return void tell(value, response, request);
      const { problem, requestId, retryAfter } = value;
      if (requestId) response.set('x-request-id', requestId);
      if (retryAfter) response.set('retry-after', String(retryAfter));
      response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
    };
  const asJson = (value: unknown, response: Response) => void response.json(value);

  function hold(response: Response): void {
    held.add(response);
    response.once('close', () => held.delete(response));
  }

  router.get(
    `/:state${ROUTES.config}`,
    answer(({ config }) => config, asJson),
  );
  router.post(
    `/:state${ROUTES.sessions}`,
    answer(
      ({ invite }) => invite,
      (session, response) => void response.status(201).json(session),
    ),
  );
  router.post(
    `/:state${ROUTES.sessionQuery}`,
    answer(
      ({ query }) => query,
      (found, response, request) => {
        const { candidates = [], filter } = request.body as Question;
        const isDenied = found === 'denied';
        const sessions = isDenied ? [] : found.filter((session) => isAskedFor(session, candidates, filter?.status));
        const viewer = getViewerId(String(request.params['state']));
        response.json({ sessions, cursor: 'gallery.1', viewer, denied: isDenied ? candidates : [] });
      },
    ),
  );
  router.get(`/:state${ROUTES.session}`, answer(sessionAsked, asJson));
  router.get(
    `/:state${ROUTES.scorecard}`,
    answer(({ scorecard }) => scorecard, asJson),
  );
  router.get(
    `/:state${ROUTES.percentile}`,
    answer(({ percentile: standing }) => standing ?? NOT_FOUND, asJson),
  );
  router.post(
    `/:state${ROUTES.events}`,
    answer(
      ({ events }) => events ?? EMPTY_STREAM,
      (stream, response) => void response.type('text/event-stream').send(stream),
    ),
  );

  router.get(
    `/:state${ROUTES.signIn}`,
    answer(({ signIn }) => signIn ?? NOT_FOUND, asJson),
  );
  router.post(
    `/:state${ROUTES.signIn}`,
    answer(
      ({ signIn }) => signIn ?? NOT_FOUND,
      (_offered, response, { protocol, host, originalUrl }) => {
        const begun: AuthorizationResponse = {
          attempt: ATTEMPT,
          url: `${protocol}://${host}${originalUrl}/start/${ATTEMPT}`,
        };
        response.json(begun);
      },
    ),
  );

  return {
    router,
    close() {
      for (const response of held) response.destroy();
    },
  };
}

function sessionAsked({ session, query }: MockResponses, { params }: Request): Session | MockFailure {
  if (session) return session;
  const found = Array.isArray(query) && query.find(({ session_uuid }) => session_uuid === params['session_uuid']);
  return found || NOT_FOUND;
}

/** Whom the answers are for; another one in each state, so that the inbox keeps its visits apart. */
export function getViewerId(state: string): string {
  return `gallery ${state}`;
}

function isAskedFor(session: Session, candidates: Row[], statuses: readonly string[] | undefined): boolean {
  return statuses?.includes(session.status) ?? candidates.some((row) => isOf(row, session));
}

function isOf(row: Row, session: Session): boolean {
  const isSamePerson = toCandidateKey(row.candidate_email) === toCandidateKey(session.candidate_email);
  return isSamePerson && (row.project_id === undefined || row.project_id === session.project_id);
}

function isRefusal(value: unknown): value is Exclude<MockFailure, string> {
  return typeof value === 'object' && value !== null && 'problem' in value;
}
