/** The API as the guide describes it: bearer key, trailing slashes, `detail` in every refusal. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EvalonState } from '../evalon.ts';
import { readBody } from './body.ts';
import { type EvalonResponse, type RequestKind, sendFault, sendJson } from './faults.ts';
import type { EvalonSession } from './sessions.ts';

const SESSIONS = '/api/v1/sessions/';
const BATCH = '/api/v1/sessions/batch/';
const SCORECARD = /^\/api\/v1\/sessions\/([^/]+)\/scorecard\/$/;

/** Items of a batch call, at the most (assumed). */
const LARGEST_BATCH = 100;
const MINUTE = 60_000;

const calls = new WeakMap<EvalonState, number[]>();

export async function handleApiRequest(
  parts: EvalonState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers } = request;
  const path = new URL(request.url ?? '/', parts.url).pathname;
  const body = await readBody(request);
  const kind = kindOf(method, path);
  parts.requestLog.add({ kind, method, path, headers, body });

  const right = () => rightAnswer(parts, { kind, method, path, headers, body });
  const fault = parts.faults.nextFault(kind);
  if (fault) await sendFault(fault, right, response);
  else sendJson(response, right());
}

function kindOf(method: string, path: string): RequestKind {
  if (method === 'POST' && path === SESSIONS) return 'create';
  if (method === 'POST' && path === BATCH) return 'batch';
  if (method === 'GET' && SCORECARD.test(path)) return 'scorecard';
  return 'other';
}

interface Call {
  kind: RequestKind;
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

function rightAnswer(parts: EvalonState, { kind, method, path, headers, body }: Call): EvalonResponse {
  if (!path.endsWith('/')) return { status: 301, body: {}, headers: { location: `${path}/` } };
  if (headers.authorization !== `Bearer ${parts.options.apiKey}`) return refusal(401, 'Invalid API key.');
  const wait = secondsToWait(parts);
  if (wait) return { ...refusal(429, `Request was throttled.`), headers: { 'retry-after': String(wait) } };
  if (method === 'POST' && !headers['content-type']?.startsWith('application/json')) {
    return refusal(415, `Unsupported media type "${headers['content-type']}" in request.`);
  }
  if (kind === 'create') return createSession(parts, body);
  if (kind === 'batch' && parts.options.batch) return createBatch(parts, body);
  if (kind === 'scorecard') return readScorecard(parts, decodeURIComponent(SCORECARD.exec(path)?.[1] ?? ''));
  return refusal(path.startsWith(SESSIONS) && method !== 'POST' ? 405 : 404, 'Not found.');
}

function refusal(status: number, detail: string): EvalonResponse {
  return { status, body: { detail } };
}

/** 0 while the key's calls of the last minute are within the limit. */
function secondsToWait(parts: EvalonState): number {
  const now = Date.now();
  const recent = (calls.get(parts) ?? []).filter((at) => at > now - MINUTE);
  calls.set(parts, recent);
  const oldest = recent[0];
  if (oldest !== undefined && recent.length >= parts.options.ratePerMinute) {
    return Math.ceil((oldest + MINUTE - now) / 1_000);
  }
  recent.push(now);
  return 0;
}

type Wanted = Pick<EvalonSession, 'assessment_type' | 'candidate_email' | 'candidate_name' | 'project_id'>;

function faultOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return 'JSON parse error.';
  for (const field of ['assessment_type', 'candidate_email', 'candidate_name', 'project_id']) {
    const value = (body as Record<string, unknown>)[field];
    if (typeof value !== 'string' || !value.trim()) return `${field}: this field is required.`;
  }
  return /^\S+@\S+$/.test((body as Wanted).candidate_email)
    ? undefined
    : 'candidate_email: enter a valid email address.';
}

/** New or not, the status is 200: the guide promises no difference. */
function createSession(parts: EvalonState, body: unknown): EvalonResponse {
  const fault = faultOf(body);
  if (fault) return refusal(400, fault);
  return { status: 200, body: told(parts, parts.sessions.create(body as Wanted).session) };
}

function createBatch(parts: EvalonState, body: unknown): EvalonResponse {
  const items = (body as { sessions?: unknown } | null)?.sessions;
  if (!Array.isArray(items)) return refusal(400, 'sessions: this field is required.');
  if (items.length > LARGEST_BATCH) return refusal(400, `sessions: at most ${LARGEST_BATCH} items.`);
  const results = items.map((item: unknown) => {
    const { status, body: result } = createSession(parts, item);
    return status === 200 ? result : { ...(result as object), status };
  });
  return { status: 200, body: { results } };
}

function readScorecard(parts: EvalonState, sessionUuid: string): EvalonResponse {
  const scorecard = parts.sessions.getScorecard(sessionUuid);
  return scorecard ? { status: 200, body: scorecard } : refusal(404, 'No scorecard for this session.');
}

function told(parts: EvalonState, { take, status: _, ...session }: EvalonSession): object {
  return { ...session, candidate_url: `${parts.url}/take/${take}`, locale: 'en' };
}
