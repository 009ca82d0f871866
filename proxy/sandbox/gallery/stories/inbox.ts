/** The inbox: new results, ended sessions, waiting candidates. */
import type { Session } from '../../../contract/session.ts';
import type { SessionStatus } from '../../../contract/status.ts';
import { createClientConfig, createSession, createStory, FIXED_NOW, MARKETING, SALES } from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD } from '../scorecards.ts';
import { INBOX, type Story } from '../story.ts';

const config = createClientConfig({ assessments: [MARKETING, SALES] });

/** Describes the session of a candidate other than Jane. */
function forCandidate(name: string, changes: Partial<Session>): Partial<Session> {
  const id = name.toLowerCase().replaceAll(/[^a-z]+/g, '-') || 'unnamed';
  return { session_uuid: `sess_${id}`, candidate_name: name, candidate_email: `${id}@example.com`, ...changes };
}

const createFinished = (name: string, at: string, overall: number, changes: Partial<Session> = {}) =>
  createCompletedSession({ ...FULL_SCORECARD, overall, completed_at: at }, forCandidate(name, changes));

const createUnchangedSince = (name: string, status: SessionStatus, at: string, changes: Partial<Session> = {}) =>
  createSession(status, forCandidate(name, { invited_at: at, updated_at: at, ...changes }));

const IN_SALES = { project_id: SALES.project_id, assessment_type: SALES.assessment_type };

const EARLIER_RESULTS = [
  createFinished('Lukas Demo', '2026-01-09T10:12:00.000Z', 71),
  createUnchangedSince('Mei Sample', 'expired', '2026-01-06T08:00:00.000Z'),
];
const WAITING_CANDIDATES = [
  createUnchangedSince('Amara Sample', 'invited', '2026-01-02T11:40:00.000Z'),
  createUnchangedSince('Oskar Demo', 'started', '2026-01-08T15:20:00.000Z', IN_SALES),
];

export const INBOX_STORIES: readonly Story[] = [
  createStory('inbox-empty', 'First visit, no candidate invited', {
    elements: [INBOX],
    expectedText: 'Results from candidates you invite will appear here.',
    responses: { config },
  }),
  createStory('inbox-first', 'First visit, earlier results are not new', {
    elements: [INBOX],
    expectedText: 'No new results.',
    responses: { config, sessions: [...EARLIER_RESULTS, ...WAITING_CANDIDATES] },
  }),
  createStory('inbox-news', 'Two new results, one decline, two waiting candidates', {
    elements: [INBOX],
    expectedText: '2 new results',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    responses: {
      config,
      sessions: [
        createFinished('Tomás Demo', '2026-01-15T13:20:00.000Z', 64, IN_SALES),
        createUnchangedSince('Priya Sample', 'declined', '2026-01-15T09:00:00.000Z'),
        createCompletedSession(FULL_SCORECARD),
        ...EARLIER_RESULTS,
        ...WAITING_CANDIDATES,
      ],
    },
  }),
  createStory('inbox-quiet', 'No new result since the last visit', {
    elements: [INBOX],
    expectedText: 'No new results.',
    lastVisitAt: FIXED_NOW,
    responses: { config, sessions: EARLIER_RESULTS },
  }),
  createStory('inbox-waiting', 'No results, two waiting candidates', {
    elements: [INBOX],
    expectedText: '2 candidates without activity for 5 days or more',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    responses: { config, sessions: WAITING_CANDIDATES },
  }),
  createStory('inbox-reminded', 'One candidate was reminded, the other waits', {
    elements: [INBOX],
    expectedText: 'Reminder copied by',
    lastVisitAt: FIXED_NOW,
    responses: {
      config,
      sessions: [
        createUnchangedSince('Amara Sample', 'invited', '2026-01-02T11:40:00.000Z', {
          handed_over: {
            at: '2026-01-14T15:00:00.000Z',
            by: { id: 'recruiter-2', name: 'Kim Demo' },
            kind: 'reminder',
            channel: 'message',
          },
        }),
        createUnchangedSince('Oskar Demo', 'started', '2026-01-08T15:20:00.000Z', IN_SALES),
      ],
    },
  }),
  createStory('inbox-many', 'More new results than one page', {
    elements: [INBOX],
    expectedText: 'Show more',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    responses: {
      config,
      sessions: Array.from({ length: 14 }, (_, index) =>
        createFinished(
          `Candidate ${String.fromCodePoint(0x41 + index)}`,
          new Date(Date.parse(FIXED_NOW) - (index + 1) * 3_600_000).toISOString(),
          50 + 3 * index,
        ),
      ),
    },
  }),
  createStory('inbox-names', 'Long, hostile, Arabic and Hebrew names', {
    elements: [INBOX],
    expectedText: 'Wolfeschlegel',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    responses: {
      config: createClientConfig({ assessments: [{ ...MARKETING, label: 'تسويق' }, SALES] }),
      sessions: [
        createFinished('ليلى بنت أحمد', '2026-01-15T14:10:00.000Z', 91, { session_uuid: 'sess_layla' }),
        createFinished('נועה לדוגמה (Noa)', '2026-01-15T13:10:00.000Z', 77, IN_SALES),
        createFinished('Wolfeschlegelsteinhausenbergerdorff'.repeat(3), '2026-01-15T12:10:00.000Z', 58),
        createFinished('<img src=x onerror="document.title=1"> \u202eelpmaS', '2026-01-15T11:10:00.000Z', 50),
        createUnchangedSince(
          'Maria Aurora Guadalupe de la Concepción Fernández-Villaverde y Montenegro',
          'opened',
          '2026-01-03T10:00:00.000Z',
        ),
      ],
    },
  }),
];
