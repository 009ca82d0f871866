/** What the inbox tells a recruiter: what is new, what ended, who waits. */
import type { Session } from '../../../contract/session.ts';
import type { SessionStatus } from '../../../contract/status.ts';
import { createClientConfig, createSession, createStory, FIXED_NOW, MARKETING, SALES } from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD } from '../results.ts';
import { INBOX, type Story } from '../story.ts';

const config = createClientConfig({ assessments: [MARKETING, SALES] });

/** A session of somebody else than Jane. */
function of(name: string, changes: Partial<Session>): Partial<Session> {
  const id = name.toLowerCase().replaceAll(/[^a-z]+/g, '-') || 'unnamed';
  return { session_uuid: `sess_${id}`, candidate_name: name, candidate_email: `${id}@example.com`, ...changes };
}

const finished = (name: string, at: string, overall: number, changes: Partial<Session> = {}) =>
  createCompletedSession({ ...FULL_SCORECARD, overall, completed_at: at }, of(name, changes));

const since = (name: string, status: SessionStatus, at: string, changes: Partial<Session> = {}) =>
  createSession(status, of(name, { invited_at: at, updated_at: at, ...changes }));

const IN_SALES = { project_id: SALES.project_id, assessment_type: SALES.assessment_type };

const EARLIER = [
  finished('Lukas Demo', '2026-01-09T10:12:00.000Z', 71),
  since('Mei Sample', 'expired', '2026-01-06T08:00:00.000Z'),
];
const WAITING = [
  since('Amara Sample', 'invited', '2026-01-02T11:40:00.000Z'),
  since('Oskar Demo', 'started', '2026-01-08T15:20:00.000Z', IN_SALES),
];

export const INBOX_STORIES: readonly Story[] = [
  createStory('inbox-empty', 'The first visit; nobody was invited yet', {
    on: [INBOX],
    expectedText: 'shows up here by itself',
    answers: { config },
  }),
  createStory('inbox-first', 'The first visit; what was there before is not new', {
    on: [INBOX],
    expectedText: 'Nothing new',
    answers: { config, query: [...EARLIER, ...WAITING] },
  }),
  createStory('inbox-news', 'Two new results, one who declined, and two who have waited long', {
    on: [INBOX],
    expectedText: '2 new results',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    answers: {
      config,
      query: [
        finished('Tomás Demo', '2026-01-15T13:20:00.000Z', 64, IN_SALES),
        since('Priya Sample', 'declined', '2026-01-15T09:00:00.000Z'),
        createCompletedSession(FULL_SCORECARD),
        ...EARLIER,
        ...WAITING,
      ],
    },
  }),
  createStory('inbox-quiet', 'Nothing new since the last look, and nobody has waited long', {
    on: [INBOX],
    expectedText: 'Nothing new',
    lastVisitAt: FIXED_NOW,
    answers: { config, query: EARLIER },
  }),
  createStory('inbox-waiting', 'Nobody has finished; two have waited long', {
    on: [INBOX],
    expectedText: '2 waiting over 5 days',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    answers: { config, query: WAITING },
  }),
  createStory('inbox-many', 'More new results than the list shows at first', {
    on: [INBOX],
    expectedText: 'Show more',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    answers: {
      config,
      query: Array.from({ length: 14 }, (_, index) =>
        finished(
          `Candidate ${String.fromCodePoint(0x41 + index)}`,
          new Date(Date.parse(FIXED_NOW) - (index + 1) * 3_600_000).toISOString(),
          50 + 3 * index,
        ),
      ),
    },
  }),
  createStory('inbox-names', 'Names that are long, hostile, Arabic, and Hebrew', {
    on: [INBOX],
    expectedText: 'Wolfeschlegel',
    lastVisitAt: '2026-01-13T17:00:00.000Z',
    answers: {
      config: createClientConfig({ assessments: [{ ...MARKETING, label: 'تسويق' }, SALES] }),
      query: [
        finished('ليلى بنت أحمد', '2026-01-15T14:10:00.000Z', 91, { session_uuid: 'sess_layla' }),
        finished('נועה לדוגמה (Noa)', '2026-01-15T13:10:00.000Z', 77, IN_SALES),
        finished('Wolfeschlegelsteinhausenbergerdorff'.repeat(3), '2026-01-15T12:10:00.000Z', 58),
        finished('<img src=x onerror="document.title=1"> \u202eelpmaS', '2026-01-15T11:10:00.000Z', 50),
        since(
          'Maria Aurora Guadalupe de la Concepción Fernández-Villaverde y Montenegro',
          'opened',
          '2026-01-03T10:00:00.000Z',
        ),
      ],
    },
  }),
];
