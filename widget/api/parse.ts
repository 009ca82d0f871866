/**
 * Parses responses and events without throwing. The proxy may be newer than the page, so a missing field gets a safe
 * value, an unknown status is kept as text, and an unusable item is omitted.
 */
import type { Assessment, ClientConfig as WireConfig } from '../../proxy/contract/client-config.ts';
import type { LinkProblem, WatchedCandidate } from '../../proxy/contract/session.ts';
import type { Handover, Scorecard, Section, Session } from '../package/session.ts';
import { isRecord, type JsonRecord, readNumber, readRecords, readString, readStrings, toRecord } from '../util/json.ts';

export type { Assessment, Scorecard, Section, Session };

const OPTIONAL_CONFIG_FIELDS = [
  'invite_subject',
  'invite_message',
  'reminder_subject',
  'reminder_message',
  'company',
  'notice',
  'recruiter',
  'viewer',
] as const;

/** The widget's configuration for this recruiter. */
export interface ClientConfig
  extends Pick<WireConfig, 'environment' | 'assessments' | 'delivery' | 'comparison'>,
    Partial<Pick<WireConfig, (typeof OPTIONAL_CONFIG_FIELDS)[number]>> {
  canInvite: boolean;
}

export interface QueryResponse {
  sessions: Session[];
  cursor: string;
  /** Identifies the recruiter's rights. */
  viewer: string;
  /** Requested candidates that the token does not cover. */
  denied: WatchedCandidate[];
  /** In the response to a query by filter: the cursor of the next page. */
  next?: string;
}

/** Returns undefined if the id, the candidate or the status is missing. */
export function parseSession(value: unknown): Session | undefined {
  const record = toRecord(value);
  const { session_uuid, candidate_email, status } = readStrings(record, 'session_uuid', 'candidate_email', 'status');
  if (!session_uuid || !candidate_email || !status) return undefined;
  const link = readString(record, 'candidate_url');
  const linkProblem = readString(record, 'link_problem');
  const summary = parseScorecard(record['score_summary']);
  const handover = parseHandover(record['handed_over']);
  return {
    session_uuid,
    candidate_email,
    status,
    candidate_name: candidate_email,
    assessment_type: null,
    project_id: '',
    invited_by: null,
    invited_at: '',
    updated_at: '',
    ats_writes: readRecords(record, 'ats_writes'),
    ...readStrings(
      record,
      'candidate_name',
      'assessment_type',
      'project_id',
      'invited_by',
      'invited_by_name',
      'invited_at',
      'updated_at',
      'completed_at',
      'last_event',
    ),
    ...(link && isSafeLink(link) && { candidate_url: link }),
    ...(linkProblem && { link_problem: toLinkProblem(linkProblem) }),
    ...(record['confirming'] === true && { confirming: true }),
    ...(record['result_unavailable'] === true && { result_unavailable: true }),
    ...(handover && { handed_over: handover }),
    ...(summary && { score_summary: summary }),
  };
}

function parseHandover(value: unknown): Handover | undefined {
  const record = toRecord(value);
  const { at, kind, channel } = readStrings(record, 'at', 'kind', 'channel');
  if (!at) return undefined;
  const by = { id: '', ...readStrings(toRecord(record['by']), 'id', 'name') };
  return {
    at,
    by,
    kind: kind === 'reminder' ? kind : 'invite',
    channel: channel === 'mail' || channel === 'message' ? channel : 'link',
  };
}

export function parseScorecard(value: unknown): Scorecard | undefined {
  if (!isRecord(value)) return undefined;
  return {
    overall: readNumber(value, 'overall'),
    // A maximum of 0 counts as unknown, here and in `readScore`.
    overall_max: readNumber(value, 'overall_max') || null,
    sections: readRecords(value, 'sections').map((section) => ({
      name: readString(section, 'name') ?? '',
      ...readScore(section),
      questions: readRecords(section, 'questions').map((question) => ({
        title: readString(question, 'title') ?? '',
        ...readScore(question),
        ...readStrings(question, 'feedback'),
        time_seconds: readNumber(question, 'time_seconds') ?? 0,
      })),
    })),
    ...readStrings(value, 'narrative'),
  };
}

/** Reads an unknown delivery as `copy`, so that the recruiter sends the link. */
export function parseClientConfig(value: unknown): ClientConfig | undefined {
  if (!isRecord(value)) return undefined;
  const {
    environment = 'production',
    delivery,
    ...optionalFields
  } = readStrings(value, 'environment', 'delivery', ...OPTIONAL_CONFIG_FIELDS);
  const scope = value['scope'];
  return {
    ...optionalFields,
    environment,
    comparison: value['comparison'] === true,
    assessments: readRecords(value, 'assessments').flatMap((assessment) => {
      const { assessment_type, project_id, label } = readStrings(assessment, 'assessment_type', 'project_id', 'label');
      return assessment_type && project_id ? { assessment_type, project_id, label: label ?? assessment_type } : [];
    }),
    delivery: delivery === 'evalon' || delivery === 'ats' ? delivery : 'copy',
    canInvite: Array.isArray(scope) && scope.includes('invite'),
  };
}

/** Returns undefined without a cursor, because no stream could start from the response. */
export function parseQueryResponse(value: unknown): QueryResponse | undefined {
  const record = toRecord(value);
  const { cursor, viewer = '', ...nextPage } = readStrings(record, 'cursor', 'viewer', 'next');
  if (!cursor) return undefined;
  return {
    ...nextPage,
    cursor,
    viewer,
    sessions: readRecords(record, 'sessions').flatMap((session) => parseSession(session) ?? []),
    denied: readRecords(record, 'denied').map((candidate) => ({
      candidate_email: '',
      ...readStrings(candidate, 'candidate_email', 'project_id'),
    })),
  };
}

function readScore(record: JsonRecord): { score: number | null; max_score: number | null } {
  return { score: readNumber(record, 'score') ?? null, max_score: readNumber(record, 'max_score') || null };
}

/** Reads an unknown problem as `invalid`. */
function toLinkProblem(problem: string): LinkProblem {
  return problem === 'missing' || problem === 'not_https' ? problem : 'invalid';
}

/** Whether the link is safe to send: https, or http on this machine for the sandbox. */
export function isSafeLink(link: string): boolean {
  return /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/i.test(link);
}
