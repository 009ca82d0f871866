/**
 * A mock proxy with scripted responses. The gallery serves it over HTTP, and the widget's tests replace `fetch` with
 * it. Those tests run in browsers, so this file imports no Node module.
 */
import type { Batch } from '../../contract/batch.ts';
import { toCandidateKey } from '../../contract/candidate.ts';
import type { ClientConfig } from '../../contract/client-config.ts';
import type { SessionQueryResponse, SessionSort } from '../../contract/list.ts';
import type { Problem, ProblemCode } from '../../contract/problem.ts';
import * as ROUTES from '../../contract/routes.ts';
import type { Scorecard } from '../../contract/scorecard.ts';
import { matchesSearch, parseSearch } from '../../contract/search-text.ts';
import type { Handover, Session, Timeline, WatchedCandidate } from '../../contract/session.ts';
import type { AuthorizationResponse } from '../../contract/sso.ts';
import { respondToBatches } from './scripted-batches.ts';

/** `never` keeps the request pending. `cut` closes the connection without a response. */
export type ScriptedFailure = 'never' | 'cut' | ProblemResponse;

interface ProblemResponse {
  problem: Problem;
  requestId?: string;
  retryAfterSeconds?: number;
}

export interface ProxyScript {
  config: ClientConfig | ScriptedFailure;
  sessions: readonly Session[] | ScriptedFailure;
  /** The candidates that the recruiter has no access to. */
  denied?: readonly WatchedCandidate[] | 'all';
  /** The response to an invite. */
  invite: Session | ScriptedFailure;
  /** The response to a request for one session. Default: the session with the requested id in `sessions`, or 404. */
  session?: Session | ScriptedFailure;
  scorecard: Scorecard | ScriptedFailure;
  /** The response about the standing. Default: too few results to compare. */
  percentile?: { count: number; percentile: number };
  /** Default: one entry, the invite. */
  timeline?: Timeline | ScriptedFailure;
  /** The response to a handover. Default: the session, handed over now by the recruiter in `config`. */
  handover?: ScriptedFailure;
  /** Default: none. The response to a dry run depends on `sessions` instead. */
  batches?: readonly Batch[] | ScriptedFailure;
  /** Default: the caller opens the stream. */
  events?: ScriptedFailure;
  /** Whether recruiters sign in at an identity provider. Default: no. */
  signIn?: true;
  viewer: string;
  cursor: string;
  /** The time of a handover, such as `2026-01-15T14:30:00.000Z`. */
  now: string;
  /** This proxy's absolute URL. */
  baseUrl: string;
}

export interface ScriptedRequest {
  method: string;
  path: string;
  body: unknown;
}

export interface JsonResponse {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** An invented attempt id: the scripted proxy has no identity provider. */
const ATTEMPT = 'a'.repeat(43);
const SESSION_PATH = /^\/v1\/sessions\/([^/]+)(?:\/(scorecard|standing|timeline|handovers))?$/;
const DEFAULT_PAGE_SIZE = 50;

/** Returns the response, or `stream` if the caller must open an event stream. */
export function respond(
  script: ProxyScript,
  { method, path, body }: ScriptedRequest,
): JsonResponse | 'stream' | 'never' | 'cut' {
  switch (path) {
    case ROUTES.config:
      return toResponse(script.config);
    case ROUTES.events:
      return script.events ? toResponse(script.events) : 'stream';
    case ROUTES.sessionQuery:
      return querySessions(script, body as SessionQuery);
    case ROUTES.sessions:
      return toResponse(script.invite, 201);
    case ROUTES.signIn:
      if (!script.signIn) return toResponse(NOT_FOUND);
      return toResponse(method === 'POST' ? startSignIn(script) : { offered: true });
  }
  if (path.startsWith(ROUTES.batches)) {
    const { batches = [], sessions } = script;
    if (isFailure(batches)) return toResponse(batches);
    const stored = { batches, sessions: isFailure(sessions) ? [] : sessions };
    return toResponse(respondToBatches(stored, method, path, body) ?? NOT_FOUND);
  }
  const [, sessionUuid = '', resource] = SESSION_PATH.exec(path) ?? [];
  const session = script.session ?? findSession(script, decodeURIComponent(sessionUuid));
  if (!resource || isFailure(session)) return toResponse(session);
  switch (resource) {
    case 'scorecard':
      return toResponse(script.scorecard);
    case 'timeline':
      return toResponse(script.timeline ?? { entries: [{ type: 'invited', at: session.invited_at }] });
    case 'handovers':
      return toResponse(script.handover ?? recordHandover(script, session, body as Handover), 201);
    default: // `standing`
      return toResponse(script.percentile ?? { count: 1, percentile: null });
  }
}

function recordHandover({ config, now }: ProxyScript, session: Session, handover: Handover): Session {
  const name = isFailure(config) ? undefined : config.recruiter;
  const by = { id: 'recruiter-1', ...(name !== undefined && { name }) };
  return { ...session, handed_over: { ...handover, at: now, by } };
}

function startSignIn({ baseUrl }: ProxyScript): AuthorizationResponse {
  return { attempt: ATTEMPT, url: `${baseUrl}${ROUTES.signInStartPath(ATTEMPT)}` };
}

interface SessionQuery {
  candidates?: WatchedCandidate[];
  filter?: { status?: string | readonly string[]; assessment_type?: string; q?: string };
  sort?: SessionSort;
  after?: string;
  limit?: number;
}

function querySessions(script: ProxyScript, query: SessionQuery): ReturnType<typeof respond> {
  const { sessions, cursor, viewer, denied = [] } = script;
  if (isFailure(sessions)) return toResponse(sessions);
  const { candidates = [], filter } = query;
  const response: SessionQueryResponse = filter
    ? { ...selectPage(sessions, query), cursor, viewer, denied: [] }
    : {
        sessions:
          denied === 'all'
            ? []
            : sessions.filter((session) => candidates.some((candidate) => matchesSession(candidate, session))),
        cursor,
        viewer,
        denied: denied === 'all' ? candidates : [...denied],
      };
  return toResponse(response);
}

/** The cursor of the next page is the number of sessions before it. */
function selectPage(
  sessions: readonly Session[],
  { filter, sort = '-updated_at', after = '0', limit = DEFAULT_PAGE_SIZE }: SessionQuery,
): Pick<SessionQueryResponse, 'sessions' | 'next'> {
  const { status: statuses, assessment_type: type, q } = filter ?? {};
  const direction = sort === 'updated_at' ? 1 : -1;
  const selected = sessions
    .filter(({ status }) => statuses === undefined || [statuses].flat().includes(status))
    .filter(({ assessment_type }) => type === undefined || assessment_type === type)
    .filter((session) => q === undefined || matchesSearch(parseSearch(q), session))
    .toSorted((a, b) => direction * (Date.parse(a.updated_at) - Date.parse(b.updated_at)));
  const start = Number(after);
  const end = start + limit;
  return { sessions: selected.slice(start, end), ...(end < selected.length && { next: String(end) }) };
}

function matchesSession({ candidate_email, project_id }: WatchedCandidate, session: Session): boolean {
  const isSamePerson = toCandidateKey(candidate_email) === toCandidateKey(session.candidate_email);
  return isSamePerson && (project_id === undefined || project_id === session.project_id);
}

function findSession({ sessions }: ProxyScript, sessionUuid: string): Session | ScriptedFailure {
  if (isFailure(sessions)) return NOT_FOUND;
  return sessions.find(({ session_uuid }) => session_uuid === sessionUuid) ?? NOT_FOUND;
}

export function isFailure(value: unknown): value is ScriptedFailure {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && 'problem' in value);
}

function toResponse(value: unknown, status = 200): JsonResponse | 'never' | 'cut' {
  if (!isFailure(value)) return { status, headers: { 'content-type': 'application/json' }, body: value };
  if (typeof value === 'string') return value;
  const { problem, requestId, retryAfterSeconds } = value;
  const headers = {
    'content-type': 'application/problem+json',
    ...(requestId && { 'x-request-id': requestId }),
    ...(retryAfterSeconds && { 'retry-after': String(retryAfterSeconds) }),
  };
  return { status: problem.status, headers, body: problem };
}

const STATUSES_AND_TITLES: Partial<Record<ProblemCode, [status: number, title: string]>> = {
  unauthenticated: [401, 'Not signed in'],
  not_found: [404, 'Not found'],
  type_conflict: [409, 'Another assessment exists'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'Internal error'],
  upstream_rejected: [502, 'Evalon rejected the request'],
  upstream_unavailable: [503, 'Evalon is unavailable'],
  unavailable: [503, 'Temporarily unavailable'],
};

/** The request id of every problem. The widget shows it as a reference for IT. */
export const REQUEST_ID = 'k3v9p2m7x4qa';

/** @param retryAfterSeconds default: an hour, so that the widget does not retry while the story is open. */
export function createProblem(
  code: ProblemCode,
  detail: string,
  { retryAfterSeconds = 3_600, ...extra }: { session?: Session; retryAfterSeconds?: number } = {},
): ProblemResponse {
  const [status, title] = STATUSES_AND_TITLES[code] ?? [500, code];
  const problem: Problem = { type: 'about:blank', title, status, detail, code, ...extra };
  return { problem, requestId: REQUEST_ID, ...((status === 503 || status === 429) && { retryAfterSeconds }) };
}

export const NOT_FOUND = createProblem('not_found', "This assessment doesn't exist, or you don't have access to it.");
