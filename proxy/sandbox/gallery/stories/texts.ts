/** Texts of others: long, hostile, and in scripts that run the other way. */
import { type Candidate, MARKETING, offerOf, sessionOf, state } from '../fixtures.ts';
import { ARABIC, completed, HOSTILE, LONG } from '../results.ts';
import { BUTTON, CHIP, PANEL, SCORECARD, SECTION, type State } from '../story.ts';

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

export const TEXTS: readonly State[] = [
  state('long-name', 'A long name, a long address, a long label', {
    on: [PANEL, BUTTON],
    shows: 'senior applicants',
    candidate: LONG_NAME,
    answers: { config: offerOf({ assessments: [LONG_LABEL] }) },
  }),
  state('long-name-invited', 'The same, invited', {
    on: [PANEL, BUTTON, CHIP],
    shows: 'Invited',
    candidate: LONG_NAME,
    answers: { config: offerOf({ assessments: [LONG_LABEL] }), query: [sessionOf('invited', LONG_NAME)] },
  }),
  state('one-word', 'A name without a place to break', {
    on: [PANEL, BUTTON],
    shows: 'Invited',
    candidate: ONE_WORD,
    answers: { query: [sessionOf('invited', ONE_WORD)] },
  }),
  state('long-result', 'More sections, questions and words than fit', {
    on: [PANEL, SCORECARD],
    shows: '100',
    answers: { query: [completed(LONG)], scorecard: LONG },
    press: [SECTION],
  }),
  state('hostile', 'Markup and overrides wherever others write', {
    on: [PANEL, BUTTON],
    shows: '<b>Marketing',
    candidate: MARKUP,
    answers: { config: offerOf({ assessments: [HOSTILE_LABEL] }) },
  }),
  state('hostile-result', 'Markup and overrides in a result', {
    on: [PANEL, SCORECARD],
    shows: 'alert(1)',
    candidate: MARKUP,
    answers: {
      config: offerOf({ assessments: [HOSTILE_LABEL] }),
      query: [completed(HOSTILE, MARKUP)],
      scorecard: HOSTILE,
    },
    press: [SECTION],
  }),
  state('arabic', 'An Arabic name and an Arabic result', {
    on: [PANEL, SCORECARD],
    shows: '91',
    candidate: ARAB,
    answers: { query: [completed(ARABIC, ARAB)], scorecard: ARABIC },
    press: [SECTION],
  }),
  state('arabic-invite', 'An Arabic name, not invited', { on: [PANEL, BUTTON], shows: 'Invite', candidate: ARAB }),
  state('hebrew', 'A Hebrew name, invited', {
    on: [PANEL, BUTTON, CHIP],
    shows: 'Invited',
    candidate: ISRAELI,
    answers: { query: [sessionOf('invited', ISRAELI)] },
  }),
];
