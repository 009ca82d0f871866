/** Who and what the gallery's states are made of. All people are made up; all times are fixed, so that pictures last. */
import type { Assessment, ClientConfig } from '../../contract/client-config.ts';
import type { Problem, ProblemCode } from '../../contract/problem.ts';
import type { Session } from '../../contract/session.ts';
import type { SessionStatus } from '../../contract/status.ts';
import type { ElementName, MockFailure, Story } from './story.ts';

/** What time it is in the gallery, for whoever takes its pictures. */
export const FIXED_NOW = '2026-01-15T15:00:00.000Z';

export const PROJECT_ID = 'proj_growth';
export const SESSION_UUID = 'sess_gallery';

export interface Candidate {
  candidate_email: string;
  candidate_name: string;
}

export const JANE: Candidate = { candidate_email: 'jane.sample@example.com', candidate_name: 'Jane Sample' };

export const MARKETING: Assessment = { project_id: PROJECT_ID, assessment_type: 'marketing', label: 'Marketing' };
export const COPYWRITING: Assessment = { project_id: PROJECT_ID, assessment_type: 'copywriting', label: 'Copywriting' };
export const SALES: Assessment = { project_id: 'proj_sales', assessment_type: 'sales', label: 'Sales' };
export const SUPPORT: Assessment = {
  project_id: 'proj_support',
  assessment_type: 'support',
  label: 'Customer support',
};

export function createClientConfig(changes: Partial<ClientConfig> = {}): ClientConfig {
  return {
    environment: 'production',
    assessments: [MARKETING],
    delivery: 'copy',
    invite_subject: 'Your {assessment} assessment',
    invite_message: 'Hello {name}, you are invited to the {assessment} assessment: {link}',
    comparison: false,
    scope: ['read', 'invite'],
    viewer: 'gallery',
    ...changes,
  };
}

export function createSession(status: SessionStatus, changes: Partial<Session> = {}): Session {
  return {
    session_uuid: SESSION_UUID,
    assessment_type: MARKETING.assessment_type,
    ...JANE,
    project_id: PROJECT_ID,
    candidate_url: 'https://evalon.example/take/4f8Qz1',
    status,
    invited_by: 'demo-recruiter',
    invited_at: '2026-01-12T09:30:00.000Z',
    updated_at: '2026-01-14T16:05:00.000Z',
    ...changes,
  };
}

/** As a recruiter who may not invite gets it. */
export function omitLink({ candidate_url: _link, ...session }: Session): Session {
  return session;
}

const TITLES: Partial<Record<ProblemCode, [status: number, title: string]>> = {
  unauthenticated: [401, 'Not signed in'],
  not_found: [404, 'Not found'],
  type_conflict: [409, 'Another assessment stands in the way'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'Something went wrong'],
  upstream_rejected: [502, 'Evalon did not accept this'],
  upstream_unavailable: [503, 'Evalon is not available'],
  unavailable: [503, 'Not available right now'],
};

/**
 * A refusal; faults of the proxy or of Evalon carry a reference, as the real proxy's do.
 * @param retryAfter seconds: by default so many that nothing is tried again while somebody looks.
 */
export function createProblem(
  code: ProblemCode,
  detail: string,
  { retryAfter = 3_600, ...facts }: { session?: Session; retryAfter?: number } = {},
): MockFailure {
  const [status, title] = TITLES[code] ?? [500, code];
  const told: Problem = { type: 'about:blank', title, status, detail, code, ...facts };
  return { problem: told, requestId: 'k3v9p2m7x4qa', ...((status === 503 || status === 429) && { retryAfter }) };
}

export const NOT_FOUND = createProblem(
  'not_found',
  'There is no such assessment, or you have no permission to see it. Ask your IT team.',
);

interface Told
  extends Pick<Story, 'expectedText'>,
    Partial<Pick<Story, 'attributes' | 'clicks' | 'browserCondition' | 'lastVisitAt' | 'visibleAfterMs'>> {
  /** The elements that have this state. */
  on: readonly ElementName[];
  candidate?: Candidate;
  answers?: Partial<Story['responses']>;
}

/** A state in which everything that is not told is ordinary: Jane, one assessment, nobody invited yet. */
export function createStory(
  id: string,
  title: string,
  { on, candidate = JANE, answers = {}, attributes = {}, ...told }: Told,
): Story {
  return {
    id,
    title,
    elements: on,
    clicks: [],
    attributes: {
      'candidate-email': candidate.candidate_email,
      'candidate-name': candidate.candidate_name,
      'project-id': PROJECT_ID,
      'assessment-type': MARKETING.assessment_type,
      'session-uuid': SESSION_UUID,
      ...attributes,
    },
    responses: {
      config: createClientConfig(),
      query: [],
      invite: createSession('invited', { ...candidate, invited_at: FIXED_NOW, updated_at: FIXED_NOW }),
      scorecard: NOT_FOUND,
      ...answers,
    },
    ...told,
  };
}
