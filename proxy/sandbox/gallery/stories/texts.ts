/** Texts of others: long, hostile, and in scripts that run the other way. */
import { type Candidate, createClientConfig, createSession, createStory, MARKETING } from '../fixtures.ts';
import { ARABIC_SCORECARD, createCompletedSession, HOSTILE_SCORECARD, LONG_SCORECARD } from '../results.ts';
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
  candidate_email: '"><svg/onload=alert(1)>"@example.com',
  candidate_name: '<img src=x onerror="document.title=1"> \u202eelpmaS enaJ',
};
const ARAB: Candidate = { candidate_email: 'layla.demo@example.com', candidate_name: 'ليلى بنت أحمد' };
const ISRAELI: Candidate = { candidate_email: 'noa.demo@example.com', candidate_name: 'נועה לדוגמה (Noa)' };

const LONG_LABEL = {
  ...MARKETING,
  label: 'Performance marketing, lifecycle and analytics for senior applicants, 2026',
};

const HOSTILE_LABEL = { ...MARKETING, label: '<b>Marketing</b> \u202egnitekram' };

export const TEXT_STORIES: readonly Story[] = [
  createStory('long-name', 'A long name, a long address, a long label', {
    on: [PANEL, BUTTON],
    expectedText: 'senior applicants',
    candidate: LONG_NAME,
    answers: { config: createClientConfig({ assessments: [LONG_LABEL] }) },
  }),
  createStory('long-name-invited', 'The same, invited', {
    on: [PANEL, BUTTON, CHIP],
    expectedText: 'Invited',
    candidate: LONG_NAME,
    answers: {
      config: createClientConfig({ assessments: [LONG_LABEL] }),
      query: [createSession('invited', LONG_NAME)],
    },
  }),
  createStory('one-word', 'A name without a place to break', {
    on: [PANEL, BUTTON],
    expectedText: 'Invited',
    candidate: ONE_WORD,
    answers: { query: [createSession('invited', ONE_WORD)] },
  }),
  createStory('long-result', 'More sections, questions and words than fit', {
    on: [PANEL, SCORECARD],
    expectedText: '100',
    answers: { query: [createCompletedSession(LONG_SCORECARD)], scorecard: LONG_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('hostile', 'Markup and overrides wherever others write', {
    on: [PANEL, BUTTON],
    expectedText: '<b>Marketing',
    candidate: MARKUP,
    answers: { config: createClientConfig({ assessments: [HOSTILE_LABEL] }) },
  }),
  createStory('hostile-result', 'Markup and overrides in a result', {
    on: [PANEL, SCORECARD],
    expectedText: 'alert(1)',
    candidate: MARKUP,
    answers: {
      config: createClientConfig({ assessments: [HOSTILE_LABEL] }),
      query: [createCompletedSession(HOSTILE_SCORECARD, MARKUP)],
      scorecard: HOSTILE_SCORECARD,
    },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('arabic', 'An Arabic name and an Arabic result', {
    on: [PANEL, SCORECARD],
    expectedText: '91',
    candidate: ARAB,
    answers: { query: [createCompletedSession(ARABIC_SCORECARD, ARAB)], scorecard: ARABIC_SCORECARD },
    clicks: [SECTION_SELECTOR],
  }),
  createStory('arabic-invite', 'An Arabic name, not invited', {
    on: [PANEL, BUTTON],
    expectedText: 'Invite',
    candidate: ARAB,
  }),
  createStory('hebrew', 'A Hebrew name, invited', {
    on: [PANEL, BUTTON, CHIP],
    expectedText: 'Invited',
    candidate: ISRAELI,
    answers: { query: [createSession('invited', ISRAELI)] },
  }),
];
