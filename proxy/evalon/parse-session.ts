/** Parses the responses to an invite and to a batch of invites. */
import { toCandidateKey } from '../contract/candidate.ts';
import type { LinkProblem } from '../contract/session.ts';
import type { SessionStatus } from '../contract/status.ts';
import type { EvalonMessage } from './field-map.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import { compilePointer, createPointerResolver, isJsonObject, readFolded } from './folded-keys.ts';
import { createReportRecorder } from './parse-report.ts';
import type { ParseContext, Parsed } from './parsed.ts';
import type { RawAnswer } from './raw-answer.ts';
import { parseLink } from './values/link.ts';
import { isEnvelopeWord, parseStatus } from './values/status.ts';
import { parseEmail, parseId, parseLine, parseSessionUuid, parseText, parseWord } from './values/text.ts';

/** Response of `POST /api/v1/sessions/`. */
export interface SessionResponse {
  session_uuid: string;
  /** Absolute. */
  candidate_url?: string | undefined;
  /** Present if there is no `candidate_url`. */
  link_problem?: LinkProblem | undefined;
  assessment_type?: string | undefined;
  candidate_email?: string | undefined;
  project_id?: string | undefined;
  status?: SessionStatus | undefined;
  /** Evalon's name for the status, if the proxy does not know the status. */
  activity?: string | undefined;
  answer?: RawAnswer;
}

/** One entry of a batch response: a session, an error, or neither if the entry is invalid. */
export interface BatchResult {
  candidate_email?: string | undefined;
  project_id?: string | undefined;
  session?: SessionResponse;
  /** An HTTP status of 400 or more. */
  errorStatus?: number;
}

/** Pointers to the list in a batch response. The last pointer is the response itself. */
const BATCH_LISTS = ['/results', '/sessions', '/items', '/responses', '/data', '/result']
  .flatMap((list) => [list, `/data${list}`, `/result${list}`])
  .concat('')
  .map(compilePointer);
const ERROR_STATUS_KEYS = ['status', 'status_code', 'http_status'];

/** Parses the response to an invite. */
export function parseSessionResponse(body: unknown, context: ParseContext): Parsed<SessionResponse> {
  return parseSession('create', body, context);
}

/** Parses a batch response, whose format is assumed. Returns the report of the first item that is not understood. */
export function parseBatchResponse(body: unknown, context: ParseContext): Parsed<BatchResult[]> {
  const resolver = createPointerResolver();
  const list = BATCH_LISTS.map((pointer) => resolver.resolve({ value: body, pointer: '' }, pointer))
    .map((found) => (found === 'ambiguous' ? undefined : found?.value))
    .find(Array.isArray);
  if (!list) return { value: undefined, report: createReportRecorder().build(body) };
  const items = list.map((item) => parseBatchItem(item, context));
  const reportedItem = items.find(({ value }) => !value?.session && value?.errorStatus === undefined) ?? items[0];
  return {
    value: items.map(({ value }) => value ?? {}),
    report: reportedItem?.report ?? createReportRecorder().build(body),
  };
}

function parseBatchItem(item: unknown, context: ParseContext): Parsed<BatchResult> {
  const { value: session, candidate_email, project_id, report } = parseSession('batch', item, context);
  const errorStatus = readErrorStatus(item);
  const candidate = { candidate_email, project_id };
  if (errorStatus !== undefined) return { value: { ...candidate, errorStatus }, report };
  if (!session) return { value: candidate, report };
  const answer = { message: 'batch', body: JSON.stringify(item), field_map_version: context.fieldMap.version } as const;
  return { value: { ...candidate, session: { ...session, answer } }, report };
}

function readErrorStatus(item: unknown): number | undefined {
  if (!isJsonObject(item)) return undefined;
  return ERROR_STATUS_KEYS.map((key) => Number(readFolded(item, key) ?? 0)).find(
    (status) => Number.isInteger(status) && status >= 400 && status < 600,
  );
}

function parseSession(
  message: EvalonMessage,
  body: unknown,
  { fieldMap, baseUrl }: ParseContext,
): Parsed<SessionResponse> & { candidate_email: string | undefined; project_id: string | undefined } {
  const reader = createFieldReader(message, fieldMap, body);
  const session_uuid = reader.readIdentity('session_uuid', parseSessionUuid);
  const { candidate_email, project_id } = readCandidate(reader);
  const link = reader.read('candidate_url', parseText);
  const { url, problem } = parseLink(link, baseUrl);
  const value = {
    ...(url === undefined ? { link_problem: problem } : { candidate_url: url }),
    assessment_type: reader.read('assessment_type', parseLine),
    candidate_email,
    project_id,
    ...readStatus(reader),
  };
  return {
    value: session_uuid === undefined || reader.hasConflict() ? undefined : { session_uuid, ...value },
    candidate_email: reader.hasConflict() ? undefined : candidate_email,
    project_id,
    report: reader.report.build(body),
  };
}

/** Reads the candidate and the project that a message names. */
export function readCandidate(reader: FieldReader) {
  return {
    candidate_email: reader.readIdentity('candidate_email', parseEmail, toCandidateKey),
    project_id: reader.readIdentity('project_id', parseId),
  };
}

/** Reads a status. Returns an unknown status as `activity`. */
export function readStatus(reader: FieldReader): Pick<SessionResponse, 'status' | 'activity'> {
  const word = reader.read('status', parseStatusWord);
  const status = word === undefined ? undefined : parseStatus(word);
  return { status, activity: status ? undefined : word };
}

/** Returns undefined for a status such as `success`, which is about the call and not about the session. */
export function parseStatusWord(value: unknown): string | undefined {
  const word = parseWord(value);
  return word === undefined || isEnvelopeWord(word) || typeof value !== 'string' ? undefined : word;
}
