/** From nobody invited to a result, and the ends without one. */
import { COPYWRITING, MARKETING, NOW, offerOf, problem, SALES, SUPPORT, sessionOf, state } from '../cast.ts';
import { completed, FULL, ODD, SPARSE } from '../results.ts';
import { BUTTON, CHIP, COPY, INVITE, PANEL, SCORECARD, SECTION, type State } from '../state.ts';

const held = (session = sessionOf('invited'), changes = {}) => ({ answers: { query: [session], ...changes } });

export const JOURNEY: readonly State[] = [
  state('not-invited', 'Nobody has invited Jane yet', [PANEL, BUTTON, CHIP], /^Not invited|Invite/),
  state('several-offers', 'Two assessments can be offered in one project', [PANEL], 'Copywriting', {
    answers: { config: offerOf({ assessments: [MARKETING, COPYWRITING] }) },
  }),
  state('inviting', 'The recruiter has clicked Invite and the proxy has not answered', [PANEL, BUTTON], 'Inviting', {
    press: [INVITE],
    answers: { invite: 'never' },
  }),
  state('invited', 'Invited: the recruiter passes the link on', [PANEL, BUTTON, CHIP], 'Invited', held()),
  state('invited-by-evalon', 'Invited: Evalon mails the link', [PANEL, BUTTON], 'Invited', {
    answers: { config: offerOf({ delivery: 'evalon' }), query: [sessionOf('invited')] },
  }),
  state('invited-by-ats', 'Invited: the ATS passes the link on', [PANEL, BUTTON], 'Invited', {
    answers: { config: offerOf({ delivery: 'ats' }), query: [sessionOf('invited')] },
  }),
  state('no-clipboard', 'Copying was clicked where the browser does not allow it', [PANEL, BUTTON], 'Copy', {
    ...held(),
    press: [COPY],
    browser: 'no-clipboard',
  }),
  state('opened', 'Jane has opened the link', [PANEL, BUTTON, CHIP], 'Opened', held(sessionOf('opened'))),
  state('started', 'Jane has started', [PANEL, BUTTON, CHIP], 'Started', held(sessionOf('started'))),
  state('submitted', 'Jane has handed in', [PANEL, BUTTON, CHIP], 'Submitted', held(sessionOf('submitted'))),
  state('scoring', 'Evalon is scoring', [PANEL, BUTTON, CHIP, SCORECARD], 'Scoring', held(sessionOf('scoring'))),
  state(
    'activity',
    'Evalon reported something that no status stands for',
    [PANEL, BUTTON],
    'Started',
    held(sessionOf('started', { last_event: 'session.connection_lost' })),
  ),
  state(
    'checking',
    'A completion was claimed and is being checked',
    [PANEL, BUTTON, CHIP, SCORECARD],
    'Checking',
    held(sessionOf('scoring', { confirming: true })),
  ),
  state(
    'result-unavailable',
    'A completion was claimed a day ago, and Evalon has no result',
    [PANEL, BUTTON, CHIP, SCORECARD],
    'Result unavailable',
    held(sessionOf('scoring', { result_unavailable: true })),
  ),
  state(
    'completed',
    'A result with sections, questions and a narrative',
    [PANEL, BUTTON, CHIP, SCORECARD],
    'Completed',
    {
      ...held(completed(FULL), { scorecard: FULL }),
      shows: /82/,
    },
  ),
  state(
    'completed-unfolded',
    'The same result, its first section unfolded',
    [PANEL, SCORECARD],
    'What do you cut first?',
    { ...held(completed(FULL), { scorecard: FULL }), press: [SECTION] },
  ),
  state(
    'completed-sparse',
    'A result without overall, sections and narrative',
    [PANEL, CHIP, SCORECARD],
    /Completed|^\s*$/,
    held(completed(SPARSE), { scorecard: SPARSE }),
  ),
  state(
    'completed-odd',
    'Scores that are missing, nil, broken, beyond the most, and out of 10',
    [PANEL, CHIP, SCORECARD],
    '67.5',
    { ...held(completed(ODD), { scorecard: ODD }), press: [SECTION] },
  ),
  state('result-loading', 'Completed; the scorecard is on its way', [PANEL, SCORECARD], '82', {
    ...held(completed(FULL), { scorecard: 'never' }),
  }),
  ...(['expired', 'cancelled', 'declined', 'failed'] as const).map((status) =>
    state(
      status,
      `It ended without a result: ${status}`,
      [PANEL, BUTTON, CHIP],
      new RegExp(status, 'i'),
      held(sessionOf(status)),
    ),
  ),
  state('still-ended', 'Invited again, and Evalon gave back the same ended session', [PANEL, BUTTON], /same ended/, {
    ...held(sessionOf('expired'), { invite: sessionOf('expired') }),
    press: [INVITE],
  }),
  state('other-type', 'Another assessment is under way in this project', [PANEL, BUTTON], 'Started', {
    answers: {
      config: offerOf({ assessments: [MARKETING, COPYWRITING] }),
      query: [sessionOf('started', { assessment_type: COPYWRITING.assessment_type })],
    },
  }),
  state(
    'type-conflict',
    'Inviting showed that Evalon holds another assessment for her',
    [PANEL, BUTTON],
    'Copywriting',
    {
      press: [INVITE],
      shows: 'Opened',
      answers: {
        config: offerOf({ assessments: [MARKETING, COPYWRITING] }),
        invite: problem(
          'type_conflict',
          'Evalon already holds another assessment for this person in this project, and keeps one for each.',
          { session: sessionOf('opened', { assessment_type: COPYWRITING.assessment_type }) },
        ),
      },
    },
  ),
  state('several-projects', 'Sessions in three projects, one of them finished', [PANEL], 'Completed', {
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
];
