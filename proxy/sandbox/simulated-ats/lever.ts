/** Lever's API v1, as far as the proxy uses it, written from hire.lever.co/developer/documentation. */
import { randomUUID } from 'node:crypto';
import type { ApiResponse } from '../evalon/faults.ts';
import { createRateLimiter } from '../evalon/rate-limiter.ts';
import { type AtsRequest, createSimulatedAts, encodeBasicAuth, type SimulatedAts } from './api.ts';
import { LEVER_IDS, type SimulatedCandidate, type SimulatedCandidates } from './candidates.ts';
import type { WrittenRecords } from './written-records.ts';

export const LEVER_KEY = 'sandbox-lever';
/** The documented limit for bursts. The documented limit for steady use is 10 calls a second. */
const CALLS_PER_SECOND = 20;
const SECOND_MS = 1_000;
/** Any time in the past. */
const ARCHIVED_AT_MS = 1_417_588_008_760;
const OPPORTUNITY = /^\/v1\/opportunities\/([^/]+)(\/notes|\/addTags|\/addLinks)?$/;

interface Options {
  candidates: SimulatedCandidates;
  records: WrittenRecords;
  clock: { now(): number };
}

export function createSimulatedLever({ candidates, records, clock }: Options): SimulatedAts {
  const access = {
    isKeyValid: true,
    permissions: new Set(['opportunities:read', 'opportunities:write', 'notes:read', 'notes:write']),
  };

  function listRecords(candidate: SimulatedCandidate, kind: 'note' | 'tag' | 'link') {
    return records.list('lever', candidate.index).filter((record) => record.kind === kind);
  }

  function getOpportunity(candidate: SimulatedCandidate, query: URLSearchParams): ApiResponse {
    const { name, email } = candidates.getOwner(candidate);
    const application = { id: randomUUID(), posting: candidate.jobId };
    const isExpanded = query.getAll('expand').includes('applications');
    const data = {
      id: LEVER_IDS.opportunity(candidate.index),
      name,
      emails: [email],
      tags: listRecords(candidate, 'tag').map(({ value }) => value),
      links: listRecords(candidate, 'link').map(({ value }) => value),
      archived: candidate.isClosed ? { archivedAt: ARCHIVED_AT_MS, reason: randomUUID() } : null,
      applications: [isExpanded ? application : application.id],
    };
    return { status: 200, body: { data } };
  }

  function listNotes(candidate: SimulatedCandidate): ApiResponse {
    const data = listRecords(candidate, 'note').map(({ name, value, written_at }) => ({
      id: name,
      text: 'Note',
      fields: [{ type: 'note', text: 'Comment', value, createdAt: Date.parse(written_at) }],
      secret: false,
      createdAt: Date.parse(written_at),
    }));
    return { status: 200, body: { data: data.toReversed(), hasNext: false } };
  }

  function createNote({ index }: SimulatedCandidate, body: AtsRequest['body']): ApiResponse {
    const value = body?.['value'];
    if (typeof value !== 'string' || !value.trim()) return refuse(400, 'BadRequestError', 'value is required');
    const noteId = randomUUID();
    records.add({ ats: 'lever', candidate: index, kind: 'note', name: noteId, value });
    return { status: 201, body: { data: { noteId } } };
  }

  function addValues(candidate: SimulatedCandidate, kind: 'tag' | 'link', body: AtsRequest['body']): ApiResponse {
    const values = body?.[`${kind}s`];
    if (!Array.isArray(values)) return refuse(400, 'BadRequestError', `${kind}s is required`);
    const present = new Set(listRecords(candidate, kind).map(({ value }) => value));
    for (const value of values.map(String).filter((value) => !present.has(value))) {
      records.add({ ats: 'lever', candidate: candidate.index, kind, name: '', value });
    }
    return { status: 200, body: {} };
  }

  function route(
    { method, query, body }: AtsRequest,
    action: string | undefined,
    candidate: SimulatedCandidate,
  ): [permission: string, run: () => ApiResponse] | undefined {
    const operation = `${method} ${action ?? ''}`;
    if (operation === 'GET ') return ['opportunities:read', () => getOpportunity(candidate, query)];
    if (operation === 'GET /notes') return ['notes:read', () => listNotes(candidate)];
    if (operation === 'POST /notes') return ['notes:write', () => createNote(candidate, body)];
    if (operation === 'POST /addTags') return ['opportunities:write', () => addValues(candidate, 'tag', body)];
    if (operation === 'POST /addLinks') return ['opportunities:write', () => addValues(candidate, 'link', body)];
    return undefined;
  }

  return createSimulatedAts(
    {
      limiter: createRateLimiter(CALLS_PER_SECOND, clock, SECOND_MS),
      classify: ({ method }) => (method === 'GET' ? 'read' : 'write'),
      // Lever's documentation mentions no Retry-After.
      createRateLimitResponse: () => refuse(429, 'TooManyRequests', 'Too many requests'),
      handle(request) {
        if (!access.isKeyValid || request.headers.authorization !== encodeBasicAuth(LEVER_KEY)) {
          return refuse(401, 'Unauthorized', 'A valid API key was not provided.');
        }
        const [, id, action] = OPPORTUNITY.exec(request.path) ?? [];
        const candidate = candidates.findApplication(LEVER_IDS.opportunity, id);
        if (!candidate) return refuse(404, 'ResourceNotFound', `opportunities ${id} was not found`);
        const [permission, run] = route(request, action, candidate) ?? [];
        if (!permission || !run) return refuse(404, 'ResourceNotFound', `${request.path} was not found`);
        return access.permissions.has(permission) ? run() : refuse(403, 'Forbidden', 'Not authorized.');
      },
    },
    access,
  );
}

function refuse(status: number, code: string, message: string): ApiResponse {
  return { status, body: { code, message } };
}
