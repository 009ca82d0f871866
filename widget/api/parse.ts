/**
 * Where an answer or a frame enters. The proxy may be newer than this page: what is missing gets a safe value, what is
 * unknown is kept as text, and what cannot be used at all is left out. Nothing in here throws.
 */
import type { Assessment, ClientConfig as WireOffer } from '../../proxy/contract/client-config.ts';
import type { Section } from '../../proxy/contract/scorecard.ts';
import type { WatchedCandidate, Session as WireSession } from '../../proxy/contract/session.ts';
import { isRecord, type JsonRecord, readNumber, readRecords, readString, readStrings, toRecord } from '../util/json.ts';

export type { Assessment, Section };

/** What may be offered, as far as the elements need it. */
export interface ClientConfig
  extends Pick<
    WireOffer,
    'environment' | 'assessments' | 'delivery' | 'comparison' | 'invite_subject' | 'invite_message'
  > {
  canInvite: boolean;
}

/** What an assessment found: a whole scorecard, or the summary that a session carries, without questions. */
export interface Scorecard {
  /** 0 to 100. */
  overall?: number | undefined;
  sections: Section[];
  narrative?: string;
}

/** A session as held by the page: its status may be one that this version does not know. */
export type Session = Omit<WireSession, 'status' | 'score_summary'> & { status: string; score_summary?: Scorecard };

export interface QueryResponse {
  sessions: Session[];
  cursor: string;
  viewer: string;
  denied: WatchedCandidate[];
  /** Of a list by filter: where it goes on. */
  next?: string;
}

/** A session, or undefined where the value does not even say whose it is. */
export function parseSession(value: unknown): Session | undefined {
  const record = toRecord(value);
  const { session_uuid, candidate_email, status } = readStrings(record, 'session_uuid', 'candidate_email', 'status');
  if (!session_uuid || !candidate_email || !status) return undefined;
  const link = readString(record, 'candidate_url');
  const summary = parseScorecard(record['score_summary']);
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
    ...readStrings(
      record,
      'candidate_name',
      'assessment_type',
      'project_id',
      'invited_by',
      'invited_at',
      'updated_at',
      'completed_at',
      'last_event',
    ),
    ...(link && isSafe(link) && { candidate_url: link }),
    ...(record['confirming'] === true && { confirming: true }),
    ...(record['result_unavailable'] === true && { result_unavailable: true }),
    ...(summary && { score_summary: summary }),
  };
}

/** A result, or undefined where the value is none. */
export function parseScorecard(value: unknown): Scorecard | undefined {
  if (!isRecord(value)) return undefined;
  return {
    overall: readNumber(value, 'overall'),
    sections: readRecords(value, 'sections').map((section) => ({
      name: readString(section, 'name') ?? '',
      ...scoreIn(section),
      questions: readRecords(section, 'questions').map((question) => ({
        title: readString(question, 'title') ?? '',
        ...scoreIn(question),
        ...readStrings(question, 'feedback'),
        time_seconds: readNumber(question, 'time_seconds') ?? 0,
      })),
    })),
    ...readStrings(value, 'narrative'),
  };
}

/** What may be offered; an unknown way of delivery is taken for `copy`, which promises least. */
export function parseClientConfig(value: unknown): ClientConfig | undefined {
  if (!isRecord(value)) return undefined;
  const {
    environment = 'production',
    delivery,
    ...words
  } = readStrings(value, 'environment', 'delivery', 'invite_subject', 'invite_message');
  const scope = value['scope'];
  return {
    ...words,
    environment,
    comparison: value['comparison'] === true,
    assessments: readRecords(value, 'assessments').flatMap((item) => {
      const { assessment_type, project_id, label } = readStrings(item, 'assessment_type', 'project_id', 'label');
      return assessment_type && project_id ? { assessment_type, project_id, label: label ?? assessment_type } : [];
    }),
    delivery: delivery === 'evalon' || delivery === 'ats' ? delivery : 'copy',
    canInvite: Array.isArray(scope) && scope.includes('invite'),
  };
}

/** The answer to a query, or undefined where it gives no place to start a stream from. */
export function parseQueryResponse(value: unknown): QueryResponse | undefined {
  const record = toRecord(value);
  const { cursor, viewer = '', ...rest } = readStrings(record, 'cursor', 'viewer', 'next');
  if (!cursor) return undefined;
  return {
    ...rest,
    cursor,
    viewer,
    sessions: readRecords(record, 'sessions').flatMap((item) => parseSession(item) ?? []),
    denied: readRecords(record, 'denied').map((item) => ({
      candidate_email: '',
      ...readStrings(item, 'candidate_email', 'project_id'),
    })),
  };
}

function scoreIn(record: JsonRecord): { score: number | null; max_score: number } {
  return { score: readNumber(record, 'score') ?? null, max_score: readNumber(record, 'max_score') || 100 };
}

/** A link a candidate can be given: https, or http on this very machine (sandbox). */
function isSafe(link: string): boolean {
  return /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/i.test(link);
}
