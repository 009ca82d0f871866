/** The stories' data. All people are invented. All times are relative to `FIXED_NOW`. */
import type { Assessment, ClientConfig } from '../../contract/client-config.ts';
import type { Session } from '../../contract/session.ts';
import type { SessionStatus } from '../../contract/status.ts';
import { NOT_FOUND } from './scripted-proxy.ts';
import type { Story, StoryResponses } from './story.ts';

/** The time for which the stories are written. The gallery moves their times to today. */
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
/** In the same project as `MARKETING` and `COPYWRITING`. */
export const MORE_ASSESSMENTS: readonly Assessment[] = ['Brand', 'Events', 'Public relations', 'Research'].map(
  (label) => ({
    project_id: PROJECT_ID,
    assessment_type: label.toLowerCase().replace(' ', '_'),
    label,
  }),
);
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
    locales: ['en'],
    invite_subject: 'Your {assessment} assessment',
    invite_message: 'Hi {first_name},\n\nYou are invited to the {assessment} assessment: {link}\n\n{recruiter}',
    reminder_subject: 'Reminder: your {assessment} assessment',
    reminder_message: 'Hi {first_name},\n\nA reminder of the {assessment} assessment: {link}\n\n{recruiter}',
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

/** Returns the session without the link, as the proxy sends it to a recruiter without the scope `invite`. */
export function omitLink({ candidate_url: _link, ...session }: Session): Session {
  return session;
}

type StoryOptions = Pick<Story, 'elements' | 'expectedText'> &
  Partial<Pick<Story, 'attributes' | 'clicks' | 'cohort' | 'browserCondition' | 'lastVisitAt' | 'visibleAfterMs'>> & {
    candidate?: Candidate;
    responses?: Partial<StoryResponses>;
  };

/** Defaults: the candidate is Jane, IT offers one assessment, no candidate is invited. */
export function createStory(
  id: string,
  title: string,
  { candidate = JANE, responses = {}, attributes = {}, ...options }: StoryOptions,
): Story {
  return {
    id,
    title,
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
      sessions: [],
      invite: createSession('invited', { ...candidate, invited_at: FIXED_NOW, updated_at: FIXED_NOW }),
      scorecard: NOT_FOUND,
      ...responses,
    },
    ...options,
  };
}
