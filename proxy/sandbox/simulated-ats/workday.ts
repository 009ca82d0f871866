/**
 * A Workday tenant with a custom report (Report as a Service), and a customer's own integration that accepts notes and
 * links. Workday documents no such API for all customers, so the report, the integration and their fields are invented.
 */
import type { ApiResponse } from '../evalon/faults.ts';
import { createRateLimiter } from '../evalon/rate-limiter.ts';
import { type AtsRequest, createSimulatedAts, encodeBasicAuth, type SimulatedAts } from './api.ts';
import { type SimulatedCandidates, WORKDAY_IDS } from './candidates.ts';
import type { WrittenRecords } from './written-records.ts';

export const WORKDAY_USER = { name: 'ISU_evalon', password: 'sandbox-workday' };
export const WORKDAY_REPORT_PATH = '/ccx/service/customreport2/acme/ISU_evalon/Evalon_Candidate';
export const WORKDAY_NOTES_PATH = '/ccx/service/acme/Evalon_Notes';
export const WORKDAY_LINKS_PATH = '/ccx/service/acme/Evalon_Links';
const CALLS_PER_MINUTE = 600;

interface Options {
  candidates: SimulatedCandidates;
  records: WrittenRecords;
  clock: { now(): number };
}

export function createSimulatedWorkday({ candidates, records, clock }: Options): SimulatedAts {
  const access = { isKeyValid: true, permissions: new Set(['report', 'notes']) };

  function readReport(query: URLSearchParams): ApiResponse {
    const application = findApplication(query.get('Job_Application'));
    if (!application) return { status: 200, body: { Report_Entry: [] } };
    const { name, email } = candidates.getOwner(application);
    const [first, ...rest] = name.split(' ');
    const row = {
      Application_ID: WORKDAY_IDS.application(application.index),
      First_Name: first,
      Last_Name: rest.join(' '),
      Email: email,
      Job_Requisition_ID: application.jobId,
    };
    return { status: 200, body: { Report_Entry: [row] } };
  }

  function findApplication(id: unknown) {
    return candidates.findApplication(WORKDAY_IDS.application, id);
  }

  function listNotes(query: URLSearchParams): ApiResponse {
    const application = findApplication(query.get('Job_Application'));
    if (!application) return refuse(404, 'The job application does not exist.');
    const notes = records.list('workday', application.index).filter(({ kind }) => kind === 'note');
    return { status: 200, body: { Notes: notes.map(({ value }) => ({ Text: value })) } };
  }

  function createNote(body: AtsRequest['body']): ApiResponse {
    const application = findApplication(body?.['Job_Application']);
    if (!application) return refuse(404, 'The job application does not exist.');
    if (application.isClosed) return refuse(409, 'The job application is closed.');
    const text = body?.['Text'];
    if (typeof text !== 'string' || !text.trim()) return refuse(400, 'Text is required.');
    records.add({ ats: 'workday', candidate: application.index, kind: 'note', name: '', value: text });
    return { status: 201, body: {} };
  }

  function setLink(body: AtsRequest['body']): ApiResponse {
    const application = findApplication(body?.['Job_Application']);
    if (!application) return refuse(404, 'The job application does not exist.');
    if (application.isClosed) return refuse(409, 'The job application is closed.');
    const link = body?.['Link'];
    if (typeof link !== 'string' || !URL.canParse(link)) return refuse(400, 'Link is required.');
    records.add({ ats: 'workday', candidate: application.index, kind: 'link', name: '', value: link });
    return { status: 200, body: {} };
  }

  return createSimulatedAts(
    {
      limiter: createRateLimiter(CALLS_PER_MINUTE, clock),
      classify: ({ method }) => (method === 'GET' ? 'read' : 'write'),
      createRateLimitResponse: (waitSeconds) => ({
        ...refuse(429, 'Too many requests.'),
        headers: { 'retry-after': String(waitSeconds) },
      }),
      handle({ method, path, query, headers, body }) {
        const { name, password } = WORKDAY_USER;
        const isUser = access.isKeyValid && headers.authorization === encodeBasicAuth(name, password);
        if (!isUser) return refuse(401, 'The user is not signed in.');
        // The permission `notes` covers the links too.
        const permission = path === WORKDAY_REPORT_PATH ? 'report' : 'notes';
        if (!access.permissions.has(permission)) return refuse(403, 'The user may not do this.');
        if (method === 'GET' && path === WORKDAY_REPORT_PATH) return readReport(query);
        if (method === 'GET' && path === WORKDAY_NOTES_PATH) return listNotes(query);
        if (method === 'POST' && path === WORKDAY_NOTES_PATH) return createNote(body);
        if (method === 'PUT' && path === WORKDAY_LINKS_PATH) return setLink(body);
        return refuse(404, 'This address does not exist.');
      },
    },
    access,
  );
}

function refuse(status: number, error: string): ApiResponse {
  return { status, body: { error } };
}
