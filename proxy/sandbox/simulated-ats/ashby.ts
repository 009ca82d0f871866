/** Ashby's API, as far as the proxy uses it, written from developers.ashbyhq.com. The rate limit is invented. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ApiResponse } from '../evalon/faults.ts';
import { createRateLimiter } from '../evalon/rate-limiter.ts';
import { createSimulatedAts, encodeBasicAuth, type SimulatedAts } from './api.ts';
import { ASHBY_IDS, type SimulatedCandidate, type SimulatedCandidates } from './candidates.ts';
import type { WrittenRecord, WrittenRecords } from './written-records.ts';

export const ASHBY_KEY = 'sandbox-ashby';
/** The ids of the custom fields: one for a result or status, one for the candidate's link. */
export const ASHBY_FIELD_ID = '00000000-0000-4000-b000-000000000001';
export const ASHBY_LINK_FIELD_ID = '00000000-0000-4000-b000-000000000004';
const FIELD_IDS = [ASHBY_FIELD_ID, ASHBY_LINK_FIELD_ID];

export const ASHBY_PARTNER_ID = '00000000-0000-4000-b000-000000000002';
export const ASHBY_ASSESSMENT_TYPE_ID = '00000000-0000-4000-b000-000000000003';
const CALLS_PER_MINUTE = 1_000;

/** The schema of an assessment's `result`, and of each entry in its `metadata`. */
const resultSchema = z.object({
  identifier: z.string().min(1),
  label: z.string().min(1),
  description: z.string().optional(),
  type: z.enum(['numeric_score', 'numeric_duration_minutes', 'url', 'string', 'boolean_success']),
  value: z.union([z.string(), z.number(), z.boolean()]),
});

const REQUEST_SCHEMAS = {
  'candidate.info': z.object({ id: z.string() }),
  'application.info': z.object({ applicationId: z.string() }),
  'candidate.listNotes': z.object({ candidateId: z.string(), cursor: z.string().optional() }),
  'candidate.createNote': z.object({
    candidateId: z.string(),
    note: z.union([
      z.string().min(1),
      z.object({ type: z.enum(['text/plain', 'text/html']), value: z.string().min(1) }),
    ]),
    sendNotifications: z.boolean().optional(),
    isPrivate: z.boolean().optional(),
  }),
  'customField.setValue': z.object({
    objectId: z.string(),
    objectType: z.enum(['Application', 'Candidate', 'Job', 'Opening']),
    fieldId: z.string(),
    fieldValue: z.unknown(),
  }),
  'assessment.addCompletedToCandidate': z.object({
    candidateId: z.string(),
    partnerId: z.uuid(),
    assessment: z.object({
      assessmentTypeId: z.uuid(),
      assessmentId: z.uuid(),
      assessmentName: z.string().min(1),
      result: resultSchema,
      metadata: z.array(resultSchema),
    }),
    timestamp: z.int(),
  }),
};
type Method = keyof typeof REQUEST_SCHEMAS;
type Body<M extends Method> = z.infer<(typeof REQUEST_SCHEMAS)[M]>;

const READ_METHODS: readonly string[] = ['candidate.info', 'application.info', 'candidate.listNotes'];

interface Options {
  candidates: SimulatedCandidates;
  records: WrittenRecords;
  clock: { now(): number };
}

export function createSimulatedAshby({ candidates, records, clock }: Options): SimulatedAts {
  const access = { isKeyValid: true, permissions: new Set(['candidatesRead', 'candidatesWrite']) };
  const findCandidate = (id: string) => candidates.findCandidate(ASHBY_IDS.candidate, id);
  const listRecords = ({ index }: SimulatedCandidate, kind: WrittenRecord['kind']) =>
    records.list('ashby', index).filter((record) => record.kind === kind);

  const renderCandidate = (candidate: SimulatedCandidate) => ({
    id: ASHBY_IDS.candidate(candidate.index),
    name: candidate.name,
    primaryEmailAddress: { value: candidate.email, type: 'Personal', isPrimary: true },
    emailAddresses: [{ value: candidate.email, type: 'Personal', isPrimary: true }],
    phoneNumbers: [],
    socialLinks: [],
    tags: [],
    fileHandles: [],
    applicationIds: candidates.listApplicationsOf(candidate).map(({ index }) => ASHBY_IDS.application(index)),
    customFields: [...records.getFields('ashby', candidate.index)].map(([id, value]) => ({
      id,
      title: 'Evalon',
      value: JSON.parse(value),
    })),
  });

  const renderApplication = (application: SimulatedCandidate) => ({
    id: ASHBY_IDS.application(application.index),
    status: application.isClosed ? 'Archived' : 'Active',
    candidate: { id: ASHBY_IDS.candidate(candidates.getOwner(application).index) },
    job: { id: application.jobId },
  });

  const renderNote = ({ name, value, written_at }: Pick<WrittenRecord, 'name' | 'value' | 'written_at'>) => ({
    id: name,
    createdAt: written_at,
    isPrivate: false,
    content: value,
    author: { id: ASHBY_PARTNER_ID, firstName: 'Evalon', lastName: 'Key' },
  });

  function createNote({ note }: Body<'candidate.createNote'>, { index }: SimulatedCandidate): ApiResponse {
    const value = typeof note === 'string' ? note : note.value;
    const name = randomUUID();
    records.add({ ats: 'ashby', candidate: index, kind: 'note', name, value });
    return succeed(renderNote({ name, value, written_at: now() }));
  }

  const now = () => new Date(clock.now()).toISOString();

  function setField({ objectType, objectId, fieldId, fieldValue }: Body<'customField.setValue'>): ApiResponse {
    const candidate = objectType === 'Candidate' ? findCandidate(objectId) : undefined;
    if (!candidate) return fail('not_found', 'The object was not found');
    if (!FIELD_IDS.includes(fieldId)) return fail('invalid_input', 'The custom field was not found');
    records.add({
      ats: 'ashby',
      candidate: candidate.index,
      kind: 'field',
      name: fieldId,
      value: JSON.stringify(fieldValue ?? null),
    });
    return succeed({ id: fieldId, title: 'Evalon', value: fieldValue });
  }

  function addAssessment(body: Body<'assessment.addCompletedToCandidate'>, { index }: SimulatedCandidate): ApiResponse {
    const { assessment, partnerId } = body;
    if (partnerId !== ASHBY_PARTNER_ID) return fail('invalid_input', 'The partner was not found');
    records.add({ ats: 'ashby', candidate: index, kind: 'assessment', name: '', value: JSON.stringify(assessment) });
    return succeed({ ...assessment, candidateId: body.candidateId });
  }

  function run(method: Method, body: unknown): ApiResponse {
    const parsed = REQUEST_SCHEMAS[method].safeParse(body);
    if (!parsed.success) return fail('invalid_input', `${parsed.error.issues[0]?.path.join('.')} is invalid`);
    const { data } = parsed;
    if (method === 'customField.setValue') return setField(data as Body<typeof method>);
    if (method === 'application.info') {
      const { applicationId } = data as Body<typeof method>;
      const application = candidates.findApplication(ASHBY_IDS.application, applicationId);
      return application ? succeed(renderApplication(application)) : fail('application_not_found', 'Not found');
    }
    const { id, candidateId } = data as { id?: string; candidateId?: string };
    const candidate = findCandidate(candidateId ?? id ?? '');
    if (!candidate) return fail('candidate_not_found', 'Not found');
    if (method === 'candidate.info') return succeed(renderCandidate(candidate));
    if (method === 'candidate.createNote') return createNote(data as Body<typeof method>, candidate);
    if (method === 'assessment.addCompletedToCandidate') return addAssessment(data as Body<typeof method>, candidate);
    const results = listRecords(candidate, 'note').map(renderNote);
    return { status: 200, body: { success: true, results, moreDataAvailable: false } };
  }

  return createSimulatedAts(
    {
      limiter: createRateLimiter(CALLS_PER_MINUTE, clock),
      classify: ({ path }) => (READ_METHODS.includes(path.slice(1)) ? 'read' : 'write'),
      createRateLimitResponse: (waitSeconds) => ({
        ...fail('rate_limit_exceeded', 'Rate limit exceeded', 429),
        headers: { 'retry-after': String(waitSeconds) },
      }),
      handle({ method, path, headers, body }) {
        if (!headers.authorization) return fail('missing_api_key', 'No API key was provided', 401);
        const isAccepted = access.isKeyValid && headers.authorization === encodeBasicAuth(ASHBY_KEY);
        if (!isAccepted) return fail('invalid_api_key', 'The API key is invalid', 403);
        const name = path.slice(1);
        if (method !== 'POST' || !Object.hasOwn(REQUEST_SCHEMAS, name)) return fail('not_found', 'Not found', 404);
        const permission = READ_METHODS.includes(name) ? 'candidatesRead' : 'candidatesWrite';
        if (!access.permissions.has(permission)) return fail('missing_permission', 'The key lacks a permission', 403);
        return run(name as Method, body);
      },
    },
    access,
  );
}

function succeed(results: object): ApiResponse {
  return { status: 200, body: { success: true, results } };
}

/** Ashby reports most errors with status 200. */
function fail(code: string, message: string, status = 200): ApiResponse {
  return { status, body: { success: false, errors: [code], errorInfo: { code, message } } };
}
