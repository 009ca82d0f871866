/** Whether the ATS has the candidate's link and the news about the session. */
import type { AtsWriteStatus, Session } from '../../../contract/session.ts';
import { createClientConfig, createSession, createStory, FIXED_NOW } from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD } from '../scorecards.ts';
import { PANEL, type Story } from '../story.ts';

function createWrite(changes: Partial<AtsWriteStatus>): AtsWriteStatus {
  return {
    ats: 'greenhouse',
    label: 'Greenhouse',
    content: 'news',
    state: 'saved',
    at: '2026-01-14T10:32:00.000Z',
    ...changes,
  };
}

function createWriteStory(
  id: string,
  title: string,
  expectedText: string,
  write: Partial<AtsWriteStatus>,
  session: Session = createSession('invited'),
): Story {
  const config = createClientConfig({ delivery: write.content === 'link' ? 'ats' : 'copy' });
  const sessions = [{ ...session, ats_writes: [createWrite(write)] }];
  return createStory(id, title, {
    elements: [PANEL],
    expectedText,
    responses: { config, sessions, scorecard: FULL_SCORECARD },
  });
}

/** By problem: a part of the text that the panel shows if nothing was saved. */
const FAILURES: readonly [NonNullable<AtsWriteStatus['problem']>, string][] = [
  ['application_missing', 'the application no longer exists there.'],
  ['credentials', 'Greenhouse refuses access.'],
  ['refused', 'Greenhouse refused it.'],
  ['unavailable', "Greenhouse didn't respond for several hours."],
  ['rate_limited', 'Greenhouse has been busy for days.'],
  ['not_configured', 'IT has turned this off.'],
];

export const ATS_WRITE_STORIES: readonly Story[] = [
  createWriteStory('ats-saving', 'The invite is being saved to the ATS', 'Saving the status in Greenhouse…', {
    state: 'saving',
  }),
  createWriteStory('ats-retrying', 'The ATS does not respond', 'Saving the status will be retried', {
    state: 'saving',
    problem: 'unavailable',
  }),
  createWriteStory(
    'ats-saved',
    'The result is in the ATS',
    'Status saved in Greenhouse',
    {},
    createCompletedSession(FULL_SCORECARD),
  ),
  createWriteStory('ats-held', 'The candidate has another email in the ATS', 'Greenhouse has a different email for', {
    state: 'held',
    problem: 'email_differs',
  }),
  ...FAILURES.map(([problem, text]) =>
    createWriteStory(`ats-${problem.replace('_', '-')}`, `Not saved to the ATS: ${problem}`, text, {
      state: 'failed',
      problem,
    }),
  ),
  createWriteStory('ats-link-saving', 'The link is on its way to the ATS', 'Saving the link in Greenhouse…', {
    content: 'link',
    state: 'saving',
  }),
  createWriteStory('ats-link-saved', 'The ATS has the link', 'Greenhouse emails it to the candidate.', {
    content: 'link',
    at: FIXED_NOW,
  }),
  createWriteStory('ats-link-failed', 'The ATS refused the link', 'Send the link yourself:', {
    content: 'link',
    state: 'failed',
    problem: 'refused',
  }),
];
