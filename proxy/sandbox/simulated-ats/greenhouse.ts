/**
 * Greenhouse's Harvest v3, as far as the proxy uses it. docs/ats/greenhouse.md says which parts are documented. The
 * rate limit and the texts of errors are invented.
 */
import { randomUUID } from 'node:crypto';
import type { ApiResponse } from '../evalon/faults.ts';
import { createRateLimiter } from '../evalon/rate-limiter.ts';
import { type AtsRequest, createSimulatedAts, encodeBasicAuth, type SimulatedAts } from './api.ts';
import { GREENHOUSE_IDS, type SimulatedCandidate, type SimulatedCandidates } from './candidates.ts';
import type { WrittenRecord, WrittenRecords } from './written-records.ts';

export const GREENHOUSE_CLIENT = { id: 'sandbox-greenhouse', secret: 'sandbox-greenhouse-secret' };
/** The custom fields that exist, by `name_key`. */
const CUSTOM_FIELDS = ['evalon_score', 'evalon_status', 'evalon_link'];
const VISIBILITIES = ['admin_only', 'private', 'public'];
const WINDOW_MS = 30_000;
const CALLS_PER_WINDOW = 150;
const TOKEN_SECONDS = 3_600;
const CANDIDATE_OR_APPLICATION = /^\/v3\/(candidates|applications)\/(\d+)$/;

interface Options {
  candidates: SimulatedCandidates;
  records: WrittenRecords;
  clock: { now(): number };
}

export function createSimulatedGreenhouse({ candidates, records, clock }: Options): SimulatedAts {
  const tokens = new Set<string>();
  const access = {
    isKeyValid: true,
    permissions: new Set([
      'candidates:list',
      'candidates:update',
      'applications:list',
      'applications:update',
      'notes:list',
      'notes:create',
    ]),
  };

  function issueToken({ headers, body }: AtsRequest): ApiResponse {
    const isClient = headers.authorization === encodeBasicAuth(GREENHOUSE_CLIENT.id, GREENHOUSE_CLIENT.secret);
    if (!isClient || !access.isKeyValid) return refuse(401, 'Client authentication failed');
    if (body?.['grant_type'] !== 'client_credentials') return refuse(400, 'Unsupported grant type');
    const token = randomUUID();
    tokens.add(token);
    const expires_at = new Date(clock.now() + TOKEN_SECONDS * 1_000).toISOString();
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_at } };
  }

  function renderFields(index: number) {
    const values = records.getFields('greenhouse', index);
    return Object.fromEntries(
      CUSTOM_FIELDS.map((name) => [name, { name, type: 'short_text', value: values.get(name) ?? null }]),
    );
  }

  const renderCandidate = ({ index, name, email }: SimulatedCandidate) => ({
    id: Number(GREENHOUSE_IDS.person(index)),
    first_name: name.split(' ')[0],
    last_name: name.split(' ').slice(1).join(' '),
    email_addresses: [{ value: email, type: 'personal' }],
    custom_fields: renderFields(index),
  });

  // A `SimulatedCandidate` is a candidate together with one application.
  const renderApplication = (application: SimulatedCandidate) => ({
    id: Number(GREENHOUSE_IDS.application(application.index)),
    candidate_id: Number(GREENHOUSE_IDS.person(candidates.getOwner(application).index)),
    job_id: Number(application.jobId),
    status: application.isClosed ? 'rejected' : 'in_process',
  });

  const renderNote = ({ id, candidate, value }: WrittenRecord) => ({
    id,
    candidate_id: Number(GREENHOUSE_IDS.person(candidate)),
    user_id: null,
    type: 'NOTE',
    ...(JSON.parse(value) as object),
  });

  const readIds = (query: URLSearchParams, name: string) => query.get(name)?.split(',') ?? [];

  function listCandidates(query: URLSearchParams): ApiResponse {
    const ids = readIds(query, 'ids');
    const found = ids.flatMap((id) => candidates.findCandidate(GREENHOUSE_IDS.person, id) ?? []);
    return { status: 200, body: found.map(renderCandidate) };
  }

  function listApplications(query: URLSearchParams): ApiResponse {
    const byId = readIds(query, 'ids').flatMap(
      (id) => candidates.findApplication(GREENHOUSE_IDS.application, id) ?? [],
    );
    const byCandidate = readIds(query, 'candidate_ids')
      .flatMap((id) => candidates.findCandidate(GREENHOUSE_IDS.person, id) ?? [])
      .flatMap((candidate) => candidates.listApplicationsOf(candidate));
    return { status: 200, body: [...byId, ...byCandidate].map(renderApplication) };
  }

  function listNotes(query: URLSearchParams): ApiResponse {
    const notes = readIds(query, 'candidate_ids')
      .flatMap((id) => candidates.findCandidate(GREENHOUSE_IDS.person, id) ?? [])
      .flatMap(({ index }) => records.list('greenhouse', index))
      .filter(({ kind }) => kind === 'note');
    return { status: 200, body: notes.map(renderNote) };
  }

  function createNote(body: AtsRequest['body']): ApiResponse {
    const { candidate_id, application_id, body: text, visibility, note_type } = body ?? {};
    const candidate = candidates.findCandidate(GREENHOUSE_IDS.person, String(candidate_id));
    if (!candidate) return refuse(404, 'Resource not found');
    if (typeof text !== 'string' || !text.trim()) return refuse(422, 'body is required');
    if (!VISIBILITIES.includes(String(visibility))) return refuse(422, 'visibility is invalid');
    if (note_type !== 'NOTE') return refuse(422, 'note_type is invalid');
    const application = candidates.findApplication(GREENHOUSE_IDS.application, String(application_id));
    const isOwn = application && candidates.getOwner(application) === candidate;
    if (application_id !== undefined && !isOwn) return refuse(422, 'application_id is not of this candidate');
    const note = { candidate: candidate.index, name: '', value: JSON.stringify({ body: text, visibility }) };
    const id = records.add({ ats: 'greenhouse', kind: 'note', ...note });
    const stored = records.list('greenhouse', candidate.index).find((record) => record.id === id);
    return { status: 201, body: stored && renderNote(stored) };
  }

  function updateFields(kind: string, id: string, body: AtsRequest['body']): ApiResponse {
    const found =
      kind === 'candidates'
        ? candidates.findCandidate(GREENHOUSE_IDS.person, id)
        : candidates.findApplication(GREENHOUSE_IDS.application, id);
    if (!found) return refuse(404, 'Resource not found');
    const fields = body?.['custom_fields'];
    if (!Array.isArray(fields)) return refuse(422, 'custom_fields must be an array');
    if (fields.some((field) => !CUSTOM_FIELDS.includes(field?.name_key))) return refuse(422, 'name_key is unknown');
    for (const { name_key, value } of fields) {
      records.add({
        ats: 'greenhouse',
        candidate: candidates.getOwner(found).index,
        kind: 'field',
        name: name_key,
        value: String(value),
      });
    }
    return { status: 200, body: kind === 'candidates' ? renderCandidate(found) : renderApplication(found) };
  }

  function route({ method, path, query, body }: AtsRequest): [scope: string, run: () => ApiResponse] | undefined {
    if (method === 'GET' && path === '/v3/candidates') return ['candidates:list', () => listCandidates(query)];
    if (method === 'GET' && path === '/v3/applications') return ['applications:list', () => listApplications(query)];
    if (method === 'GET' && path === '/v3/notes') return ['notes:list', () => listNotes(query)];
    if (method === 'POST' && path === '/v3/notes') return ['notes:create', () => createNote(body)];
    const [, kind, id] = CANDIDATE_OR_APPLICATION.exec(path) ?? [];
    if (method === 'PATCH' && kind && id) return [`${kind}:update`, () => updateFields(kind, id, body)];
    return undefined;
  }

  return createSimulatedAts(
    {
      limiter: createRateLimiter(CALLS_PER_WINDOW, clock, WINDOW_MS),
      classify: ({ method, path }) => (path === '/token' ? 'token' : method === 'GET' ? 'read' : 'write'),
      createRateLimitResponse: (waitSeconds) => ({
        ...refuse(429, 'Rate limit exceeded'),
        headers: { 'retry-after': String(waitSeconds), 'x-ratelimit-limit': String(CALLS_PER_WINDOW) },
      }),
      handle(request) {
        if (request.method === 'POST' && request.path === '/token') return issueToken(request);
        const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
        if (!access.isKeyValid || !tokens.has(token)) return refuse(401, 'Unauthorized');
        const [scope, run] = route(request) ?? [];
        if (!scope || !run) return refuse(404, 'Resource not found');
        return access.permissions.has(scope) ? run() : refuse(403, 'Forbidden');
      },
    },
    access,
  );
}

function refuse(status: number, message: string): ApiResponse {
  return { status, body: { message } };
}
