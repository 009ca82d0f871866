/** Which recruiter passed the link on, reminders, and a session's history. */
import type { Session, Timeline } from '../../../contract/session.ts';
import { createClientConfig, createSession, createStory, FIXED_NOW } from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD } from '../scorecards.ts';
import { createProblem } from '../scripted-proxy.ts';
import { BUTTON, HISTORY_SELECTOR, PANEL, type Story } from '../story.ts';

const DEMO_RECRUITER = { id: 'demo-recruiter', name: 'Demo Recruiter' };
const COLLEAGUE = { id: 'alex', name: 'Alex Sample' };

const config = createClientConfig({ recruiter: DEMO_RECRUITER.name, company: 'Example Inc.' });

type HandedOver = NonNullable<Session['handed_over']>;

function createHandedOverSession(changes: Partial<HandedOver>, session: Partial<Session> = {}): Session {
  const handed_over: HandedOver = {
    at: '2026-01-14T16:10:00.000Z',
    by: COLLEAGUE,
    kind: 'invite',
    channel: 'message',
    ...changes,
  };
  return createSession('invited', { handed_over, ...session });
}

const OLD_INVITE = { invited_at: '2026-01-06T09:30:00.000Z', updated_at: '2026-01-06T09:30:00.000Z' };

const TIMELINE: Timeline = {
  entries: [
    { type: 'invited', at: '2026-01-06T09:30:00.000Z', by: DEMO_RECRUITER },
    { type: 'handover', at: '2026-01-06T09:31:00.000Z', channel: 'message', by: DEMO_RECRUITER },
    { type: 'opened', at: '2026-01-07T18:02:00.000Z' },
    { type: 'reminder', at: '2026-01-13T08:45:00.000Z', channel: 'mail', by: COLLEAGUE },
    { type: 'started', at: '2026-01-14T15:40:48.000Z' },
    { type: 'submitted', at: '2026-01-14T16:00:00.000Z' },
    { type: 'scoring', at: '2026-01-14T16:01:00.000Z' },
    { type: 'completed', at: '2026-01-14T16:05:00.000Z', overall: 82, overall_max: 100 },
    { type: 'result_read', at: '2026-01-14T16:20:00.000Z', by: COLLEAGUE },
  ],
};

export const HANDOVER_STORIES: readonly Story[] = [
  createStory('handed-over', 'Invited, a colleague copied the link', {
    elements: [PANEL, BUTTON],
    expectedText: 'Link copied by Alex Sample',
    responses: { config, sessions: [createHandedOverSession({})] },
  }),
  createStory('handed-over-by-self', 'Invited, the recruiter opened the message in mail', {
    elements: [PANEL, BUTTON],
    expectedText: 'Mail draft opened by Demo Recruiter',
    responses: { config, sessions: [createHandedOverSession({ by: DEMO_RECRUITER, channel: 'mail' })] },
  }),
  createStory('reminder-due', 'Invited nine days ago, no news since', {
    elements: [PANEL, BUTTON],
    expectedText: 'No activity for 9 days.',
    responses: { config, sessions: [createHandedOverSession({ at: '2026-01-06T10:00:00.000Z' }, OLD_INVITE)] },
  }),
  createStory('reminder-due-unsent', 'Invited nine days ago, the proxy knows of no message', {
    elements: [PANEL, BUTTON],
    expectedText: "Invited 9 days ago, but the link hasn't been copied.",
    responses: { config, sessions: [createSession('invited', OLD_INVITE)] },
  }),
  createStory('reminder-due-started', 'Started eight days ago, no news since', {
    elements: [PANEL, BUTTON],
    expectedText: 'No activity for 8 days.',
    responses: {
      config,
      sessions: [createSession('started', { ...OLD_INVITE, updated_at: '2026-01-07T10:00:00.000Z' })],
    },
  }),
  createStory('reminded', 'A colleague sent a reminder', {
    elements: [PANEL, BUTTON],
    expectedText: 'Reminder copied by Alex Sample',
    responses: { config, sessions: [createHandedOverSession({ kind: 'reminder' }, OLD_INVITE)] },
  }),
  createStory('history-open', 'Open history of a result', {
    elements: [PANEL],
    expectedText: 'Result read by Alex Sample',
    clicks: [HISTORY_SELECTOR],
    responses: {
      config,
      sessions: [createCompletedSession(FULL_SCORECARD, { invited_at: OLD_INVITE.invited_at })],
      scorecard: FULL_SCORECARD,
      timeline: TIMELINE,
    },
  }),
  createStory('history-previous', 'Open history with two previous sessions', {
    elements: [PANEL],
    expectedText: 'Earlier invites',
    clicks: [HISTORY_SELECTOR],
    responses: {
      config,
      sessions: [
        createSession('invited', { invited_at: FIXED_NOW, updated_at: FIXED_NOW }),
        createCompletedSession(FULL_SCORECARD, { session_uuid: 'sess_former', invited_at: '2025-11-03T09:00:00.000Z' }),
        createSession('expired', { session_uuid: 'sess_first', invited_at: '2025-06-12T09:00:00.000Z' }),
      ],
      timeline: { entries: [{ type: 'invited', at: FIXED_NOW, by: DEMO_RECRUITER }] },
    },
  }),
  createStory('history-loading', 'History opened, the proxy has not responded', {
    elements: [PANEL],
    expectedText: 'Loading',
    clicks: [HISTORY_SELECTOR],
    responses: { config, sessions: [createHandedOverSession({})], timeline: 'never' },
  }),
  createStory('history-failed', 'History opened, the proxy failed', {
    elements: [PANEL],
    expectedText: "The history couldn't be loaded.",
    clicks: [HISTORY_SELECTOR],
    responses: {
      config,
      sessions: [createHandedOverSession({})],
      timeline: createProblem('unavailable', 'The server is restarting. Try again in a moment.'),
    },
  }),
];
