/**
 * The simulated Evalon's API, as strict as Evalon's guide. The guide does not describe the batch endpoint, so its
 * format is an assumption.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { ApiResponse, RequestKind } from './faults.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { SessionLifecycle } from './session-lifecycle.ts';
import type { SessionRepository, SimulatedSession } from './session-repository.ts';

export interface ApiOptions {
  apiKey: string;
  ratePerMinute: number;
  hasBatchEndpoint: boolean;
  repository: SessionRepository;
  lifecycle: SessionLifecycle;
  clock: { now(): number };
  getCandidateUrl: (session: SimulatedSession) => string;
}

export interface ApiRequest {
  method: string;
  /** Starts with `/api/`. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON, or the text if it is not JSON. */
  body: unknown;
}

const SESSIONS_PATH = '/api/v1/sessions/';
const BATCH_PATH = '/api/v1/sessions/batch/';
const SCORECARD_PATH = /^\/api\/v1\/sessions\/([^/]+)\/scorecard\/$/;

const MAX_BATCH_ITEMS = 100;
const REQUIRED_MESSAGE = 'This field is required.';
const requiredText = z.string(REQUIRED_MESSAGE).regex(/\S/, 'This field may not be blank.');
const inviteSchema = z.object({
  assessment_type: requiredText,
  candidate_email: requiredText.regex(/^\S+@\S+$/, 'Enter a valid email address.'),
  candidate_name: requiredText,
  project_id: requiredText,
});
const batchSchema = z.object({
  sessions: z
    .array(z.unknown(), REQUIRED_MESSAGE)
    .min(1, 'At least one item is needed.')
    .max(MAX_BATCH_ITEMS, `At most ${MAX_BATCH_ITEMS} items per call.`),
});

export function classifyRequest({ method, path }: Pick<ApiRequest, 'method' | 'path'>): RequestKind {
  if (method === 'POST' && path === SESSIONS_PATH) return 'create';
  if (method === 'POST' && path === BATCH_PATH) return 'batch';
  if (method === 'GET' && SCORECARD_PATH.test(path)) return 'scorecard';
  return 'other';
}

/** Returns the function that handles one request by the guide's rules. */
export function createApi(options: ApiOptions): (request: ApiRequest) => ApiResponse {
  const { apiKey, repository, lifecycle, clock, getCandidateUrl } = options;
  const rateLimiter = createRateLimiter(options.ratePerMinute, clock);

  function createSession(body: unknown): ApiResponse {
    const invite = inviteSchema.safeParse(body);
    if (!invite.success) return refuse(400, describeError(invite.error));
    const session = lifecycle.invite(invite.data);
    const { session_uuid, assessment_type, project_id, candidate_email, candidate_name, created_at } = session;
    const fields = { session_uuid, assessment_type, project_id, candidate_email, candidate_name, created_at };
    // A new and an existing session get the same status, because the guide promises no difference.
    return { status: 200, body: { ...fields, candidate_url: getCandidateUrl(session) } };
  }

  function createBatch(body: unknown): ApiResponse {
    const batch = batchSchema.safeParse(body);
    if (!batch.success) return refuse(400, describeError(batch.error));
    const results = batch.data.sessions.map((item) => {
      const { status, body: result } = createSession(item);
      return status === 200 ? result : { ...pickEmail(item), ...(result as object), status };
    });
    return { status: 200, body: { results } };
  }

  function readScorecard(sessionUuid: string): ApiResponse {
    const session = repository.getByUuid(sessionUuid);
    if (!session) return refuse(404, 'No session matches the given query.');
    const { scorecard, readable_at } = session;
    if (scorecard === null || readable_at === null || readable_at > clock.now()) {
      return refuse(404, 'The scorecard is available once the session is completed.');
    }
    return { status: 200, body: JSON.parse(scorecard) };
  }

  return ({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${apiKey}`) {
      const detail = headers.authorization ? 'Invalid API key.' : 'Authentication credentials were not provided.';
      return { ...refuse(401, detail), headers: { 'www-authenticate': 'Bearer' } };
    }
    const waitSeconds = rateLimiter.acquire();
    if (waitSeconds > 0) {
      const detail = `Request was throttled. Expected available in ${waitSeconds} seconds.`;
      return { ...refuse(429, detail), headers: { 'retry-after': String(waitSeconds) } };
    }
    if (method === 'POST') {
      const mediaType = headers['content-type'];
      if (!mediaType?.startsWith('application/json')) return refuse(415, `Unsupported media type "${mediaType}".`);
      if (typeof body === 'string') return refuse(400, 'JSON parse error.');
    }
    const kind = classifyRequest({ method, path });
    if (kind === 'create') return createSession(body);
    if (kind === 'batch' && options.hasBatchEndpoint) return createBatch(body);
    const sessionUuid = SCORECARD_PATH.exec(path)?.[1];
    if (kind === 'scorecard' && sessionUuid) return readScorecard(sessionUuid);
    const isKnownPath =
      path === SESSIONS_PATH || (path === BATCH_PATH && options.hasBatchEndpoint) || sessionUuid !== undefined;
    return isKnownPath ? refuse(405, `Method "${method}" not allowed.`) : refuse(404, 'Not found.');
  };
}

function pickEmail(item: unknown): { candidate_email?: unknown } {
  return typeof item === 'object' && item && 'candidate_email' in item ? { candidate_email: item.candidate_email } : {};
}

function refuse(status: number, detail: string): ApiResponse {
  return { status, body: { detail } };
}

function describeError(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.');
  return field ? `${field}: ${issue?.message}` : 'The body must be a JSON object.';
}
