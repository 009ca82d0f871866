/** From nobody invited to a result, and the ends without one. */
import { COPYWRITING, MARKETING, NOW, offerOf, problem, SALES, SUPPORT, sessionOf, state } from '../fixtures.ts';
import { completed, FULL, ODD, SPARSE } from '../results.ts';
import { BUTTON, CHIP, COPY, ELSEWHERE, INVITE, PANEL, SCORECARD, SECTION, type State } from '../story.ts';

export const JOURNEY: readonly State[] = [
  state('not-invited', 'Nobody has invited Jane yet', {
    on: [PANEL, BUTTON, CHIP],
    shows: {
      default: 'Invite',
      [CHIP]: 'Not invited',
    },
  }),
  state('several-offers', 'Two assessments can be offered in one project', {
    on: [PANEL],
    shows: 'Copywriting',
    answers: { config: offerOf({ assessments: [MARKETING, COPYWRITING] }) },
  }),
  state('inviting', 'The recruiter has clicked Invite and the proxy has not answered', {
    on: [PANEL, BUTTON],
    shows: 'Inviting',
    press: [INVITE],
    answers: { invite: 'never' },
  }),
  state('invited', 'Invited: the recruiter passes the link on', {
    on: [PANEL, BUTTON, CHIP],
    shows: 'Invited',
    answers: { query: [sessionOf('invited')] },
  }),
  state('invited-by-evalon', 'Invited: Evalon mails the link', {
    on: [PANEL, BUTTON],
    shows: 'Invited',
    answers: { config: offerOf({ delivery: 'evalon' }), query: [sessionOf('invited')] },
  }),
  state('invited-by-ats', 'Invited: the ATS passes the link on', {
    on: [PANEL, BUTTON],
    shows: 'Invited',
    answers: { config: offerOf({ delivery: 'ats' }), query: [sessionOf('invited')] },
  }),
  state('no-clipboard', 'Copying was clicked where the browser does not allow it', {
    on: [PANEL, BUTTON],
    shows: 'does not let us copy',
    answers: { query: [sessionOf('invited')] },
    press: [COPY],
    browser: 'no-clipboard',
  }),
  state('opened', 'Jane has opened the link', {
    on: [PANEL, BUTTON, CHIP],
    shows: 'Opened',
    answers: { query: [sessionOf('opened')] },
  }),
  state('started', 'Jane has started', {
    on: [PANEL, BUTTON, CHIP],
    shows: 'Started',
    answers: { query: [sessionOf('started')] },
  }),
  state('submitted', 'Jane has handed in', {
    on: [PANEL, BUTTON, CHIP],
    shows: 'Answers submitted',
    answers: { query: [sessionOf('submitted')] },
  }),
  state('scoring', 'Evalon is scoring', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    shows: 'Scoring',
    answers: { query: [sessionOf('scoring')] },
  }),
  state('activity', 'Evalon reported something that no status stands for', {
    on: [PANEL, BUTTON],
    shows: 'Started',
    answers: { query: [sessionOf('started', { last_event: 'session.section_finished' })] },
  }),
  state('checking', 'A completion was claimed and is being checked', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    shows: 'Checking',
    answers: { query: [sessionOf('scoring', { confirming: true })] },
  }),
  state('result-unavailable', 'A completion was claimed a day ago, and Evalon has no result', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    shows: 'Result unavailable',
    answers: { query: [sessionOf('scoring', { result_unavailable: true })] },
  }),
  state('completed', 'A result with sections, questions and a narrative', {
    on: [PANEL, BUTTON, CHIP, SCORECARD],
    shows: { default: 'worth asking how she decides', [BUTTON]: 'Completed', [CHIP]: 'Completed' },
    answers: { query: [completed(FULL)], scorecard: FULL },
  }),
  state('completed-unfolded', 'The same result, its first section unfolded', {
    on: [PANEL, SCORECARD],
    shows: 'What do you cut first?',
    answers: { query: [completed(FULL)], scorecard: FULL },
    press: [SECTION],
  }),
  state('compared', 'The same result, where IT has turned comparison on', {
    on: [PANEL, SCORECARD],
    shows: 'Higher than 79',
    answers: {
      config: offerOf({ comparison: true }),
      query: [completed(FULL)],
      scorecard: FULL,
      standing: { count: 24, percentile: 79 },
    },
  }),
  state('completed-sparse', 'A result without overall, sections and narrative', {
    on: [PANEL, CHIP, SCORECARD],
    shows: { default: 'Completed', [SCORECARD]: '' },
    answers: { query: [completed(SPARSE)], scorecard: SPARSE },
  }),
  state('completed-odd', 'Scores that are missing, nil, broken, beyond the most, and out of 10', {
    on: [PANEL, CHIP, SCORECARD],
    shows: { default: 'Left out by the candidate', [CHIP]: '67.5' },
    answers: { query: [completed(ODD)], scorecard: ODD },
    press: [SECTION],
  }),
  state('result-loading', 'Completed; the scorecard is on its way', {
    on: [PANEL, SCORECARD],
    shows: '82',
    answers: { query: [completed(FULL)], scorecard: 'never' },
  }),
  ...(['expired', 'cancelled', 'declined', 'failed'] as const).map((status) =>
    state(status, `It ended without a result: ${status}`, {
      on: [PANEL, BUTTON, CHIP],
      shows: status === 'failed' ? 'Ended without result' : new RegExp(status, 'i'),
      answers: { query: [sessionOf(status)] },
    }),
  ),
  state('still-ended', 'Invited again, and Evalon gave back the same ended session', {
    on: [PANEL, BUTTON],
    shows: /remove this ended one/,
    answers: { query: [sessionOf('expired')], invite: sessionOf('expired') },
    press: [INVITE],
  }),
  state('other-type', 'Another assessment is under way in this project', {
    on: [PANEL, BUTTON],
    shows: 'Started',
    answers: {
      config: offerOf({ assessments: [MARKETING, COPYWRITING] }),
      query: [sessionOf('started', { assessment_type: COPYWRITING.assessment_type })],
    },
  }),
  state('type-conflict', 'Inviting showed that Evalon holds another assessment for her', {
    on: [PANEL, BUTTON],
    shows: 'Opened',
    press: [INVITE],
    answers: {
      config: offerOf({ assessments: [MARKETING, COPYWRITING] }),
      invite: problem(
        'type_conflict',
        'Evalon already holds another assessment for this person in this project, and keeps one for each.',
        { session: sessionOf('opened', { assessment_type: COPYWRITING.assessment_type }) },
      ),
    },
  }),
  state('several-projects', 'Sessions in three projects, one of them finished', {
    on: [PANEL],
    shows: 'Completed',
    answers: {
      config: offerOf({ assessments: [MARKETING, SALES, SUPPORT] }),
      query: [
        sessionOf('started', { invited_at: NOW, updated_at: NOW }),
        completed(FULL, { session_uuid: 'sess_sales', project_id: SALES.project_id, assessment_type: 'sales' }),
        sessionOf('declined', { session_uuid: 'sess_old', project_id: 'proj_last_year', assessment_type: 'design' }),
      ],
      scorecard: { ...FULL, session_uuid: 'sess_sales', assessment_type: 'sales' },
    },
  }),
  state('elsewhere', 'Nobody has invited her here; her result in another project, unfolded', {
    on: [PANEL],
    shows: 'worth asking how she decides',
    press: [ELSEWHERE],
    answers: {
      config: offerOf({ assessments: [MARKETING, SALES] }),
      query: [completed(FULL, { session_uuid: 'sess_sales', project_id: SALES.project_id, assessment_type: 'sales' })],
      scorecard: { ...FULL, session_uuid: 'sess_sales', assessment_type: 'sales' },
    },
  }),
];
