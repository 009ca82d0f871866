/** The simulated Evalon's API, obeying the public guide; the batch endpoint is assumed, as everywhere. */
import express, { type ErrorRequestHandler, type Router } from 'express';
import { z } from 'zod';
import { limitRate, requireApiKey, requireTrailingSlash, sendError } from './api-middleware.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';
import type { SessionRepository, SimulatedSession } from './session-repository.ts';

export interface ApiOptions {
  apiKey: string;
  repository: SessionRepository;
  lifecycle: SessionLifecycle;
  clock: { now(): number };
  /** The one-click link of a session. */
  getCandidateUrl: (sitting: SimulatedSession) => string;
}

const REQUIRED = 'This field is required.';
const text = z.string(REQUIRED).trim().min(1, 'This field may not be blank.');
const personSchema = z.object({
  assessment_type: text,
  candidate_email: text.pipe(z.email('Enter a valid email address.')),
  candidate_name: text,
  project_id: text,
});
const batchSchema = z.object({
  sessions: z.array(z.unknown(), REQUIRED).min(1, 'At least one is needed.').max(100, 'At most 100 a call.'),
});

/** To be mounted at `/api`, with `strict` routing. */
export function createApi({
  apiKey,
  repository: register,
  lifecycle: life,
  clock,
  getCandidateUrl: linkTo,
}: ApiOptions): Router {
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(requireTrailingSlash, requireApiKey(apiKey), limitRate(clock), express.json({ limit: '1mb' }));

  const invite = (body: unknown): { status: number; answer: object } => {
    const person = personSchema.safeParse(body);
    if (!person.success) return { status: 400, answer: { detail: firstFault(person.error) } };
    const sitting = life.invite(person.data);
    const { session_uuid, assessment_type, project_id, candidate_email, candidate_name, created_at } = sitting;
    const candidate_url = linkTo(sitting);
    const named = { session_uuid, candidate_url, assessment_type, project_id, candidate_email, candidate_name };
    return { status: 200, answer: { ...named, created_at } };
  };

  router.post('/v1/sessions/', (request, response) => {
    const { status, answer } = invite(request.body);
    response.status(status).json(answer);
  });

  router.post('/v1/sessions/batch/', (request, response) => {
    const batch = batchSchema.safeParse(request.body);
    if (!batch.success) return sendError(response, 400, firstFault(batch.error));
    const results = batch.data.sessions.map(invite);
    response.json({ results: results.map(({ status, answer }) => (status < 400 ? answer : { ...answer, status })) });
  });

  router.get('/v1/sessions/:session_uuid/scorecard/', (request, response) => {
    const sitting = register.getByUuid(request.params.session_uuid);
    if (!sitting) return sendError(response, 404, 'No session matches the given query.');
    if (sitting.scorecard === null || sitting.readable_at === null || sitting.readable_at > clock.now()) {
      return sendError(response, 404, 'The scorecard is available once the session is completed.');
    }
    response.type('json').send(sitting.scorecard);
  });

  router.all(['/v1/sessions/', '/v1/sessions/batch/', '/v1/sessions/:session_uuid/scorecard/'], (request, response) => {
    sendError(response, 405, `Method "${request.method}" not allowed.`);
  });
  router.use((_request, response) => sendError(response, 404, 'Not found.'));
  router.use(answerFault);
  return router;
}

function firstFault(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.');
  return field ? `${field}: ${issue?.message}` : 'The body must be a JSON object.';
}

const answerFault: ErrorRequestHandler = (error: { status?: number; type?: string }, _request, response, _next) => {
  const detail = error.type === 'entity.parse.failed' ? 'JSON parse error.' : 'The request could not be read.';
  sendError(response, error.status ?? 500, error.status ? detail : 'A server error occurred.');
};
