/**
 * Where an answer or a frame enters. The proxy may be newer than this page: what is missing gets a safe value, what is
 * unknown is kept as text, and what cannot be used at all is left out. Nothing in here throws.
 */
import type { Assessment, Offer as WireOffer } from '../../proxy/contract/client-config.ts';
import type { Section } from '../../proxy/contract/scorecard.ts';
import type { WatchedCandidate, Session as WireSession } from '../../proxy/contract/session.ts';
import { isRecord, type JsonRecord, numberIn, recordOf, recordsIn, textIn, textsIn } from '../util/json.ts';

export type { Assessment, Section };

/** What may be offered, as far as the elements need it. */
export interface Offer
  extends Pick<
    WireOffer,
    'environment' | 'assessments' | 'delivery' | 'comparison' | 'invite_subject' | 'invite_message'
  > {
  mayInvite: boolean;
}

/** What an assessment found: a whole scorecard, or the summary that a session carries, without questions. */
export interface Result {
  /** 0 to 100. */
  overall?: number | undefined;
  sections: Section[];
  narrative?: string;
}

/** A session as held by the page: its status may be one that this version does not know. */
export type Session = Omit<WireSession, 'status' | 'score_summary'> & { status: string; score_summary?: Result };

export interface QueryAnswer {
  sessions: Session[];
  cursor: string;
  viewer: string;
  denied: WatchedCandidate[];
  /** Of a list by filter: where it goes on. */
  next?: string;
}

/** A session, or undefined where the value does not even say whose it is. */
export function parseSession(value: unknown): Session | undefined {
  const record = recordOf(value);
  const { session_uuid, candidate_email, status } = textsIn(record, 'session_uuid', 'candidate_email', 'status');
  if (!session_uuid || !candidate_email || !status) return undefined;
  const link = textIn(record, 'candidate_url');
  const summary = parseResult(record['score_summary']);
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
    ...textsIn(
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
export function parseResult(value: unknown): Result | undefined {
  if (!isRecord(value)) return undefined;
  return {
    overall: numberIn(value, 'overall'),
    sections: recordsIn(value, 'sections').map((section) => ({
      name: textIn(section, 'name') ?? '',
      ...scoreIn(section),
      questions: recordsIn(section, 'questions').map((question) => ({
        title: textIn(question, 'title') ?? '',
        ...scoreIn(question),
        ...textsIn(question, 'feedback'),
        time_seconds: numberIn(question, 'time_seconds') ?? 0,
      })),
    })),
    ...textsIn(value, 'narrative'),
  };
}

/** What may be offered; an unknown way of delivery is taken for `copy`, which promises least. */
export function parseOffer(value: unknown): Offer | undefined {
  if (!isRecord(value)) return undefined;
  const {
    environment = 'production',
    delivery,
    ...words
  } = textsIn(value, 'environment', 'delivery', 'invite_subject', 'invite_message');
  const scope = value['scope'];
  return {
    ...words,
    environment,
    comparison: value['comparison'] === true,
    assessments: recordsIn(value, 'assessments').flatMap((item) => {
      const { assessment_type, project_id, label } = textsIn(item, 'assessment_type', 'project_id', 'label');
      return assessment_type && project_id ? { assessment_type, project_id, label: label ?? assessment_type } : [];
    }),
    delivery: delivery === 'evalon' || delivery === 'ats' ? delivery : 'copy',
    mayInvite: Array.isArray(scope) && scope.includes('invite'),
  };
}

/** The answer to a query, or undefined where it gives no place to start a stream from. */
export function parseQueryAnswer(value: unknown): QueryAnswer | undefined {
  const record = recordOf(value);
  const { cursor, viewer = '', ...rest } = textsIn(record, 'cursor', 'viewer', 'next');
  if (!cursor) return undefined;
  return {
    ...rest,
    cursor,
    viewer,
    sessions: recordsIn(record, 'sessions').flatMap((item) => parseSession(item) ?? []),
    denied: recordsIn(record, 'denied').map((item) => ({
      candidate_email: '',
      ...textsIn(item, 'candidate_email', 'project_id'),
    })),
  };
}

function scoreIn(record: JsonRecord): { score: number | null; max_score: number } {
  return { score: numberIn(record, 'score') ?? null, max_score: numberIn(record, 'max_score') || 100 };
}

/** A link a candidate can be given: https, or http on this very machine (sandbox). */
function isSafe(link: string): boolean {
  return /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/i.test(link);
}
