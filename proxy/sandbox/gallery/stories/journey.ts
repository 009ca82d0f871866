/** From the invite to the result, and the sessions that end without one. */
import {
  COPYWRITING,
  createClientConfig,
  createSession,
  createStory,
  FIXED_NOW,
  MARKETING,
  MORE_ASSESSMENTS,
  SALES,
  SUPPORT,
} from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD, ODD_SCORECARD, SPARSE_SCORECARD } from '../scorecards.ts';
import { createProblem } from '../scripted-proxy.ts';
import {
  BUTTON,
  CHIP,
  COPY_SELECTOR,
  INVITE_SELECTOR,
  OTHER_CHOICE_SELECTOR,
  OTHER_PROJECT_SELECTOR,
  PANEL,
  SCORECARD,
  SECTION_SELECTOR,
  type Story,
} from '../story.ts';

/** By status: a part of the sentence that the panel shows. */
const END_CAUSES = {
  expired: 'The link expired',
  cancelled: 'was cancelled',
  declined: 'The candidate declined',
  failed: 'failed at Evalon',
} as const;

export const JOURNEY_STORIES: readonly Story[] = [
  createStory('not-invited', 'Not invited', {
    elements: [PANEL, BUTTON, CHIP],
    expectedText: {
      default: 'Invite',
      [CHIP]: 'Not invited',
    },
  }),
  createStory('several-offers', 'Not invited, two assessments in one project', {
    elements: [PANEL],
    expectedText: 'Copywriting',
    responses: { config: createClientConfig({ assessments: [MARKETING, COPYWRITING] }) },
  }),
  createStory('many-offers', 'Not invited, more than five assessments in one project', {
    elements: [PANEL],
    expectedText: 'Invite to Marketing',
    responses: { config: createClientConfig({ assessments: [MARKETING, COPYWRITING, ...MORE_ASSESSMENTS] }) },
  }),
  createStory('choice-pending', 'Invite to one of two assessments clicked, the proxy has not responded', {
    elements: [PANEL],
    expectedText: 'Inviting',
    clicks: [OTHER_CHOICE_SELECTOR, INVITE_SELECTOR],
    responses: { config: createClientConfig({ assessments: [MARKETING, COPYWRITING] }), invite: 'never' },
  }),
  createStory('inviting', 'Invite clicked, the proxy has not responded', {
    elements: [PANEL, BUTTON],
    expectedText: 'Inviting',
    clicks: [INVITE_SELECTOR],
    responses: { invite: 'never' },
  }),
  createStory('invited', 'Invited, the recruiter sends the link', {
    elements: [PANEL, BUTTON, CHIP],
    expectedText: 'Invited',
    responses: { sessions: [createSession('invited')] },
  }),
  createStory('invited-by-evalon', 'Invited, Evalon emails the link', {
    elements: [PANEL, BUTTON],
    expectedText: 'Invited',
    responses: { config: createClientConfig({ delivery: 'evalon' }), sessions: [createSession('invited')] },
  }),
  createStory('invited-without-ats', 'Invited, but the ATS has no application to send the link from', {
    elements: [PANEL, BUTTON],
    expectedText: 'Send the link yourself:',
    responses: { config: createClientConfig({ delivery: 'ats' }), sessions: [createSession('invited')] },
  }),
  createStory('no-clipboard', 'Copy clicked, the browser blocks the clipboard', {
    elements: [PANEL, BUTTON],
    expectedText: 'Your browser blocked copying.',
    // Without the recruiter's name, the widget would sign the English message in the page's language.
    responses: { config: createClientConfig({ recruiter: 'Demo Recruiter' }), sessions: [createSession('invited')] },
    clicks: [COPY_SELECTOR],
    browserCondition: 'no-clipboard',
  }),
  createStory('opened', 'Jane opened the link', {
    elements: [PANEL, BUTTON, CHIP],
    expectedText: 'Opened',
    responses: { sessions: [createSession('opened')] },
  }),
  createStory('started', 'Jane started', {
    elements: [PANEL, BUTTON, CHIP],
    expectedText: 'Started',
    responses: { sessions: [createSession('started')] },
  }),
  createStory('submitted', 'Jane submitted', {
    elements: [PANEL, BUTTON, CHIP],
    expectedText: 'Answers submitted',
    responses: { sessions: [createSession('submitted')] },
  }),
  createStory('scoring', 'Evalon is scoring', {
    elements: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: 'Scoring',
    responses: { sessions: [createSession('scoring')] },
  }),
  createStory('activity', 'Evalon reported an event without a status', {
    elements: [PANEL, BUTTON],
    expectedText: 'Started',
    responses: { sessions: [createSession('started', { last_event: 'session.section_finished' })] },
  }),
  createStory('checking', 'Completion reported, the proxy is reading the scorecard', {
    elements: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: 'Checking',
    responses: { sessions: [createSession('scoring', { confirming: true })] },
  }),
  createStory('result-unavailable', 'Completion reported a day ago, no result', {
    elements: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: 'Result unavailable',
    responses: { sessions: [createSession('scoring', { result_unavailable: true })] },
  }),
  createStory('completed', 'Result with sections, questions and a narrative', {
    elements: [PANEL, BUTTON, CHIP, SCORECARD],
    expectedText: { default: 'worth asking how she decides', [BUTTON]: 'Completed', [CHIP]: 'Completed' },
    responses: { sessions: [createCompletedSession(FULL_SCORECARD)], scorecard: FULL_SCORECARD },
  }),
  createStory('completed-unfolded', 'Result with an open section', {
    elements: [PANEL, SCORECARD],
    expectedText: 'What do you cut first?',
    responses: { sessions: [createCompletedSession(FULL_SCORECARD)], scorecard: FULL_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('compared', 'Result with a comparison', {
    elements: [PANEL, SCORECARD],
    expectedText: 'Higher than 79',
    responses: {
      config: createClientConfig({ comparison: true }),
      sessions: [createCompletedSession(FULL_SCORECARD)],
      scorecard: FULL_SCORECARD,
      percentile: { count: 24, percentile: 79 },
    },
  }),
  createStory('completed-sparse', 'Result without overall, sections and narrative', {
    elements: [PANEL, CHIP, SCORECARD],
    expectedText: { default: 'Completed', [SCORECARD]: '' },
    responses: { sessions: [createCompletedSession(SPARSE_SCORECARD)], scorecard: SPARSE_SCORECARD },
  }),
  createStory('completed-odd', 'Scores: missing, zero, fractional, above the maximum, out of 10', {
    elements: [PANEL, CHIP, SCORECARD],
    expectedText: { default: 'Left out by the candidate', [CHIP]: '67.5' },
    responses: { sessions: [createCompletedSession(ODD_SCORECARD)], scorecard: ODD_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('result-loading', 'Completed, the scorecard is loading', {
    elements: [PANEL, SCORECARD],
    expectedText: '82',
    responses: { sessions: [createCompletedSession(FULL_SCORECARD)], scorecard: 'never' },
  }),
  ...(['expired', 'cancelled', 'declined', 'failed'] as const).map((status) =>
    createStory(status, `Ended without a result: ${status}`, {
      elements: [PANEL, BUTTON, CHIP],
      expectedText: { default: END_CAUSES[status], [CHIP]: status === 'failed' ? 'Ended' : new RegExp(status, 'i') },
      responses: { sessions: [createSession(status)] },
    }),
  ),
  createStory('still-ended', 'Invited again, Evalon returned the session that has already ended', {
    elements: [PANEL, BUTTON],
    expectedText: 'returned the same ended assessment',
    responses: { sessions: [createSession('expired')], invite: createSession('expired') },
    clicks: [INVITE_SELECTOR],
  }),
  createStory('other-type', 'Another assessment is in progress in this project', {
    elements: [PANEL, BUTTON],
    expectedText: 'Started',
    responses: {
      config: createClientConfig({ assessments: [MARKETING, COPYWRITING] }),
      sessions: [createSession('started', { assessment_type: COPYWRITING.assessment_type })],
    },
  }),
  createStory('type-conflict', 'Invite refused, Evalon has another assessment for Jane', {
    elements: [PANEL, BUTTON],
    expectedText: 'Opened',
    clicks: [INVITE_SELECTOR],
    responses: {
      config: createClientConfig({ assessments: [MARKETING, COPYWRITING] }),
      invite: createProblem(
        'type_conflict',
        'Only one assessment per project. Evalon already has another one for this candidate.',
        { session: createSession('opened', { assessment_type: COPYWRITING.assessment_type }) },
      ),
    },
  }),
  createStory('several-projects', 'Sessions in three projects, one completed', {
    elements: [PANEL],
    expectedText: 'Completed',
    responses: {
      config: createClientConfig({ assessments: [MARKETING, SALES, SUPPORT] }),
      sessions: [
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
  createStory('elsewhere', 'Not invited in this project, open result in another', {
    elements: [PANEL],
    expectedText: 'worth asking how she decides',
    clicks: [OTHER_PROJECT_SELECTOR],
    responses: {
      config: createClientConfig({ assessments: [MARKETING, SALES] }),
      sessions: [
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
