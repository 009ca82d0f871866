/** From nobody invited to a result, and the ends without one. */
import {
  COPYWRITING,
  createClientConfig,
  createProblem,
  createSession,
  createStory,
  FIXED_NOW,
  MARKETING,
  SALES,
  SUPPORT,
} from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD, ODD_SCORECARD, SPARSE_SCORECARD } from '../results.ts';
import {
  BUTTON,
  CHIP,
  COPY_SELECTOR,
  INVITE_SELECTOR,
  OTHER_PROJECT_SELECTOR,
  PANEL,
  SCORECARD,
  SECTION_SELECTOR,
  type Story,
} from '../story.ts';

export const JOURNEY_STORIES: readonly Story[] = [
  createStory('not-invited', 'Nobody has invited Jane yet', {
    on: [PANEL, BUTTON, CHIP],
    expectedText: {
      default: 'Invite',
      [CHIP]: 'Not invited',
    },
  }),
  createStory('several-offers', 'Two assessments can be offered in one project', {
    on: [PANEL],
    expectedText: 'Copywriting',
    answers: { config: createClientConfig({ assessments: [MARKETING, COPYWRITING] }) },
  }),
  createStory('inviting', 'The recruiter has clicked Invite and the proxy has not answered', {
    on: [PANEL, BUTTON],
    expectedText: 'Inviting',
    clicks: [INVITE_SELECTOR],
    answers: { invite: 'never' },
  }),
  createStory('invited', 'Invited: the recruiter passes the link on', {
    on: [PANEL, BUTTON, CHIP],
    expectedText: 'Invited',
    answers: { query: [createSession('invited')] },
  }),
  createStory('invited-by-evalon', 'Invited: Evalon mails the link', {
    on: [PANEL, BUTTON],
    expectedText: 'Invited',
    answers: { config: createClientConfig({ delivery: 'evalon' }), query: [createSession('invited')] },
  }),
  createStory('invited-by-ats', 'Invited: the ATS passes the link on', {
    on: [PANEL, BUTTON],
    expectedText: 'Invited',
    answers: { config: createClientConfig({ delivery: 'ats' }), query: [createSession('invited')] },
  }),
  createStory('no-clipboard', 'Copying was clicked where the browser does not allow it', {
    on: [PANEL, BUTTON],
    expectedText: 'does not let us copy',
    answers: { query: [createSession('invited')] },
    clicks: [COPY_SELECTOR],
    browserCondition: 'no-clipboard',
  }),
  createStory('opened', 'Jane has opened the link', {
    on: [PANEL, BUTTON, CHIP],
    expectedText: 'Opened',
    answers: { query: [createSession('opened')] },
  }),
  createStory('started', 'Jane has started', {
    on: [PANEL, BUTTON, CHIP],
    expectedText: 'Started',
    answers: { query: [createSession('started')] },
  }),
  createStory('submitted', 'Jane has handed in', {
    on: [PANEL, BUTTON, CHIP],
    expectedText: 'Answers submitted',
    answers: { query: [createSession('submitted')] },
  }),
  createStory('scoring', 'Evalon is scoring', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: 'Scoring',
    answers: { query: [createSession('scoring')] },
  }),
  createStory('activity', 'Evalon reported something that no status stands for', {
    on: [PANEL, BUTTON],
    expectedText: 'Started',
    answers: { query: [createSession('started', { last_event: 'session.section_finished' })] },
  }),
  createStory('checking', 'A completion was claimed and is being checked', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: 'Checking',
    answers: { query: [createSession('scoring', { confirming: true })] },
  }),
  createStory('result-unavailable', 'A completion was claimed a day ago, and Evalon has no result', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: 'Result unavailable',
    answers: { query: [createSession('scoring', { result_unavailable: true })] },
  }),
  createStory('completed', 'A result with sections, questions and a narrative', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: { default: 'worth asking how she decides', [BUTTON]: 'Completed', [CHIP]: 'Completed' },
    answers: { query: [createCompletedSession(FULL_SCORECARD)], scorecard: FULL_SCORECARD },
  }),
  createStory('completed-unfolded', 'The same result, its first section unfolded', {
    on: [PANEL, SCORECARD],
    expectedText: 'What do you cut first?',
    answers: { query: [createCompletedSession(FULL_SCORECARD)], scorecard: FULL_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('compared', 'The same result, where IT has turned comparison on', {
    on: [PANEL, SCORECARD],
    expectedText: 'Higher than 79',
    answers: {
      config: createClientConfig({ comparison: true }),
      query: [createCompletedSession(FULL_SCORECARD)],
      scorecard: FULL_SCORECARD,
      percentile: { count: 24, percentile: 79 },
    },
  }),
  createStory('completed-sparse', 'A result without overall, sections and narrative', {
    on: [PANEL, CHIP, SCORECARD],
    expectedText: { default: 'Completed', [SCORECARD]: '' },
    answers: { query: [createCompletedSession(SPARSE_SCORECARD)], scorecard: SPARSE_SCORECARD },
  }),
  createStory('completed-odd', 'Scores that are missing, nil, broken, beyond the most, and out of 10', {
    on: [PANEL, CHIP, SCORECARD],
    expectedText: { default: 'Left out by the candidate', [CHIP]: '67.5' },
    answers: { query: [createCompletedSession(ODD_SCORECARD)], scorecard: ODD_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('result-loading', 'Completed; the scorecard is on its way', {
    on: [PANEL, SCORECARD],
    expectedText: '82',
    answers: { query: [createCompletedSession(FULL_SCORECARD)], scorecard: 'never' },
  }),
  ...(['expired', 'cancelled', 'declined', 'failed'] as const).map((status) =>
    createStory(status, `It ended without a result: ${status}`, {
      on: [PANEL, BUTTON, CHIP],
      expectedText: status === 'failed' ? 'Ended without result' : new RegExp(status, 'i'),
      answers: { query: [createSession(status)] },
    }),
  ),
  createStory('still-ended', 'Invited again, and Evalon gave back the same ended session', {
    on: [PANEL, BUTTON],
    expectedText: /remove this ended one/,
    answers: { query: [createSession('expired')], invite: createSession('expired') },
    clicks: [INVITE_SELECTOR],
  }),
  createStory('other-type', 'Another assessment is under way in this project', {
    on: [PANEL, BUTTON],
    expectedText: 'Started',
    answers: {
      config: createClientConfig({ assessments: [MARKETING, COPYWRITING] }),
      query: [createSession('started', { assessment_type: COPYWRITING.assessment_type })],
    },
  }),
  createStory('type-conflict', 'Inviting showed that Evalon holds another assessment for her', {
    on: [PANEL, BUTTON],
    expectedText: 'Opened',
    clicks: [INVITE_SELECTOR],
    answers: {
      config: createClientConfig({ assessments: [MARKETING, COPYWRITING] }),
      invite: createProblem(
        'type_conflict',
        'Evalon already holds another assessment for this person in this project, and keeps one for each.',
        { session: createSession('opened', { assessment_type: COPYWRITING.assessment_type }) },
      ),
    },
  }),
  createStory('several-projects', 'Sessions in three projects, one of them finished', {
    on: [PANEL],
    expectedText: 'Completed',
    answers: {
      config: createClientConfig({ assessments: [MARKETING, SALES, SUPPORT] }),
      query: [
        createSession('started', { invited_at: FIXED_NOW, updated_at: FIXED_NOW }),
        createCompletedSession(FULL_SCORECARD, {
          session_uuid: 'sess_sales',
          project_id: SALES.project_id,
          assessment_type: 'sales',
        }),
        createSession('declined', {
          session_uuid: 'sess_old',
          project_id: 'proj_last_year',
          assessment_type: 'design',
        }),
      ],
      scorecard: { ...FULL_SCORECARD, session_uuid: 'sess_sales', assessment_type: 'sales' },
    },
  }),
  createStory('elsewhere', 'Nobody has invited her here; her result in another project, unfolded', {
    on: [PANEL],
    expectedText: 'worth asking how she decides',
    clicks: [OTHER_PROJECT_SELECTOR],
    answers: {
      config: createClientConfig({ assessments: [MARKETING, SALES] }),
      query: [
        createCompletedSession(FULL_SCORECARD, {
          session_uuid: 'sess_sales',
          project_id: SALES.project_id,
          assessment_type: 'sales',
        }),
      ],
      scorecard: { ...FULL_SCORECARD, session_uuid: 'sess_sales', assessment_type: 'sales' },
    },
  }),
];
