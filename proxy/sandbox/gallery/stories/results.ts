/** A project's results: the table, its filters, a scorecard in place, results side by side. */
import type { Session } from '../../../contract/session.ts';
import { COPYWRITING, createClientConfig, createSession, createStory, FIXED_NOW, MARKETING } from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD } from '../scorecards.ts';
import { RESULTS, type Story } from '../story.ts';

const config = createClientConfig();
const comparisonConfig = createClientConfig({ comparison: true, assessments: [MARKETING, COPYWRITING] });

const NAMES = ['Amara Sample', 'Lukas Demo', 'Mei Sample', 'Oskar Demo', 'Priya Sample', 'Tomás Demo', 'ليلى بنت أحمد'];
const STATUSES = ['completed', 'completed', 'completed', 'completed', 'started', 'invited', 'expired'] as const;
const HOUR_MS = 3_600_000;
/** For each section: its score minus the overall score. */
const SECTION_OFFSETS = [4, -6, 2];

/** Creates sessions, newest change first. All dates that the table shows have the same order. */
function createSessions(count: number): Session[] {
  return Array.from({ length: count }, (_, index) => {
    const name = NAMES[index] ?? `Candidate ${index + 1}`;
    const changedAt = Date.parse(FIXED_NOW) - (index + 1) * 5 * HOUR_MS;
    const at = new Date(changedAt).toISOString();
    const identity = {
      session_uuid: `sess_${index + 1}`,
      candidate_name: name,
      candidate_email: `candidate-${index + 1}@example.com`,
      invited_by_name: index % 3 ? 'Demo Recruiter' : 'Demo Colleague',
      invited_at: new Date(changedAt - 4 * HOUR_MS).toISOString(),
      updated_at: at,
    };
    const status = STATUSES[index % STATUSES.length] ?? 'invited';
    if (status !== 'completed') return createSession(status, identity);
    // Different scores, from 58 to 94.
    const overall = 58 + ((index * 17) % 37);
    const sections = FULL_SCORECARD.sections.map((section, sectionIndex) => ({
      ...section,
      score: overall + (SECTION_OFFSETS[sectionIndex] ?? 0),
    }));
    return createCompletedSession({ ...FULL_SCORECARD, overall, sections, completed_at: at }, identity);
  });
}

const FEW_SESSIONS = createSessions(7);
/** Finished last, so the result is in the first row. */
const NEWEST_SCORECARD = { ...FULL_SCORECARD, completed_at: '2026-01-15T14:00:00.000Z' };
const getCheckboxSelector = (row: number) => `tbody tr:nth-child(${row}) input`;

const createResultsStory = (
  id: string,
  title: string,
  options: Omit<Parameters<typeof createStory>[2], 'elements'>,
): Story => createStory(id, title, { ...options, elements: [RESULTS] });

export const RESULTS_STORIES: readonly Story[] = [
  createResultsStory('results-empty', 'No candidate invited', {
    expectedText: 'Candidates you invite to this project will appear here.',
    responses: { config },
  }),
  createResultsStory('results-few', 'Seven candidates', {
    expectedText: '7 candidates',
    responses: { config, sessions: FEW_SESSIONS },
  }),
  createResultsStory('results-many', 'More than one page', {
    expectedText: 'Show more',
    responses: { config, sessions: createSessions(120) },
  }),
  createResultsStory('results-open', 'A scorecard in place', {
    expectedText: "Evalon's summary",
    clicks: ['[part=candidate]'],
    responses: {
      config,
      sessions: [
        createCompletedSession(NEWEST_SCORECARD, { invited_by_name: 'Demo Recruiter' }),
        ...FEW_SESSIONS.slice(1),
      ],
      scorecard: NEWEST_SCORECARD,
    },
  }),
  createResultsStory('results-ended', 'A session that ended without a result, open', {
    expectedText: 'The link expired before the candidate completed the assessment.',
    clicks: ['tbody tr:nth-child(7) [part=candidate]'],
    responses: { config, sessions: FEW_SESSIONS },
  }),
  createResultsStory('results-compare', 'Two results side by side', {
    expectedText: 'Side by side',
    clicks: [getCheckboxSelector(1), getCheckboxSelector(2), '[part=compare-button]'],
    responses: { config: comparisonConfig, sessions: FEW_SESSIONS },
  }),
  createResultsStory('results-compare-four', 'Four results side by side', {
    expectedText: 'Side by side',
    clicks: [
      getCheckboxSelector(1),
      getCheckboxSelector(2),
      getCheckboxSelector(3),
      getCheckboxSelector(4),
      '[part=compare-button]',
    ],
    responses: { config: comparisonConfig, sessions: FEW_SESSIONS },
  }),
  createResultsStory('results-error', 'The proxy does not respond', {
    expectedText: "Can't reach",
    responses: { config, sessions: 'cut' },
  }),
];
