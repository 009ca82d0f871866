/** Long, hostile and right-to-left text. */
import { type Candidate, createClientConfig, createSession, createStory, MARKETING } from '../fixtures.ts';
import { ARABIC_SCORECARD, createCompletedSession, HOSTILE_SCORECARD, LONG_SCORECARD } from '../scorecards.ts';
import { BUTTON, CHIP, PANEL, SCORECARD, SECTION_SELECTOR, type Story } from '../story.ts';

const LONG_NAME: Candidate = {
  candidate_email: `${'a-very-long-local-part.'.repeat(4)}and-more@${'subdomain.'.repeat(6)}example.com`,
  candidate_name: 'Maria Aurora Guadalupe de la Concepción Fernández-Villaverde y Montenegro de los Ríos-Castellón',
};
const ONE_WORD: Candidate = {
  candidate_email: `${'x'.repeat(60)}@example.com`,
  candidate_name: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4),
};
const MARKUP: Candidate = {
  candidate_email: "svg/onload=alert(1)'&lt@example.com",
  candidate_name: '<img src=x onerror="document.title=1"> \u202eelpmaS enaJ',
};
const ARABIC: Candidate = { candidate_email: 'layla.demo@example.com', candidate_name: 'ليلى بنت أحمد' };
const HEBREW: Candidate = { candidate_email: 'noa.demo@example.com', candidate_name: 'נועה לדוגמה (Noa)' };

const LONG_LABEL = {
  ...MARKETING,
  label: 'Performance marketing, lifecycle and analytics for senior applicants, 2026',
};

const HOSTILE_LABEL = { ...MARKETING, label: '<b>Marketing</b> \u202egnitekram' };

export const TEXT_STORIES: readonly Story[] = [
  createStory('long-name', 'Long name, email and label', {
    elements: [PANEL, BUTTON],
    expectedText: 'senior applicants',
    candidate: LONG_NAME,
    responses: { config: createClientConfig({ assessments: [LONG_LABEL] }) },
  }),
  createStory('long-name-invited', 'Long name, email and label, invited', {
    elements: [PANEL, BUTTON, CHIP],
    expectedText: 'Invited',
    candidate: LONG_NAME,
    responses: {
      config: createClientConfig({ assessments: [LONG_LABEL] }),
      sessions: [createSession('invited', LONG_NAME)],
    },
  }),
  createStory('one-word', 'Name without a line break opportunity', {
    elements: [PANEL, BUTTON],
    expectedText: 'Invited',
    candidate: ONE_WORD,
    responses: { sessions: [createSession('invited', ONE_WORD)] },
  }),
  createStory('long-result', 'Result with many sections and long text', {
    elements: [PANEL, SCORECARD],
    expectedText: '100',
    responses: { sessions: [createCompletedSession(LONG_SCORECARD)], scorecard: LONG_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('hostile', 'Markup and direction overrides in the name and the label', {
    elements: [PANEL, BUTTON],
    expectedText: '<b>Marketing',
    candidate: MARKUP,
    responses: { config: createClientConfig({ assessments: [HOSTILE_LABEL] }) },
  }),
  createStory('hostile-result', 'Markup and direction overrides in a result', {
    elements: [PANEL, SCORECARD],
    expectedText: 'alert(1)',
    candidate: MARKUP,
    responses: {
      config: createClientConfig({ assessments: [HOSTILE_LABEL] }),
      sessions: [createCompletedSession(HOSTILE_SCORECARD, MARKUP)],
      scorecard: HOSTILE_SCORECARD,
    },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('arabic', 'Arabic name and result', {
    elements: [PANEL, SCORECARD],
    expectedText: '91',
    candidate: ARABIC,
    responses: { sessions: [createCompletedSession(ARABIC_SCORECARD, ARABIC)], scorecard: ARABIC_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('arabic-invite', 'Arabic name, not invited', {
    elements: [PANEL, BUTTON],
    expectedText: 'Invite',
    candidate: ARABIC,
  }),
  createStory('hebrew', 'Hebrew name, invited', {
    elements: [PANEL, BUTTON, CHIP],
    expectedText: 'Invited',
    candidate: HEBREW,
    responses: { sessions: [createSession('invited', HEBREW)] },
  }),
];
