/** What stands in the way: rights, the network, the proxy, Evalon, the page itself. */
import { createClientConfig, createProblem, createSession, createStory, NOT_FOUND, omitLink } from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD } from '../results.ts';
import {
  BUTTON,
  CHIP,
  type ElementName,
  INBOX,
  INVITE_SELECTOR,
  PANEL,
  SCORECARD,
  SIGN_IN_SELECTOR,
  type Story,
} from '../story.ts';

const ALL: readonly ElementName[] = [PANEL, BUTTON, CHIP, SCORECARD];
const ALL_AND_INBOX: readonly ElementName[] = [...ALL, INBOX];

/** The same trouble wherever an element asks first. */
const everywhere = (trouble: Story['responses']['events'] & {}) => ({ query: trouble, session: trouble });

const NOT_SIGNED_IN = everywhere(
  createProblem('unauthenticated', 'Your sign-in is not valid or has expired: reload the page.'),
);

const FAULT = createProblem(
  'internal',
  'Something went wrong on the way to assessments. Try again; if it goes on, tell your IT team.',
);

export const ERROR_STORIES: readonly Story[] = [
  createStory('loading', 'Nothing has been answered yet', {
    on: ALL_AND_INBOX,
    expectedText: 'Loading',
    answers: everywhere('never'),
  }),
  createStory('reader', 'The recruiter may look and not invite', {
    on: [PANEL, BUTTON],
    expectedText: 'Not invited',
    answers: { config: createClientConfig({ scope: ['read'] }) },
  }),
  createStory('invited-reader', 'Invited; the recruiter may look only, so there is no link', {
    on: [PANEL, BUTTON],
    expectedText: 'Invited',
    answers: {
      config: createClientConfig({ scope: ['read'] }),
      query: [omitLink(createSession('invited'))],
    },
  }),
  createStory('denied', 'The recruiter may not see this candidate', {
    on: ALL,
    expectedText: { default: 'no permission', [CHIP]: 'no access' },
    answers: { query: 'denied', session: NOT_FOUND },
  }),
  createStory('signed-out', 'The recruiter is not signed in any more', {
    on: ALL_AND_INBOX,
    expectedText: { default: 'Reload', [CHIP]: 'Not signed in' },
    answers: NOT_SIGNED_IN,
  }),
  createStory('sign-in', 'Nobody is signed in yet at the company’s identity provider', {
    on: ALL_AND_INBOX,
    expectedText: { default: 'Sign in to see', [CHIP]: 'Not signed in' },
    answers: { ...NOT_SIGNED_IN, signIn: true },
  }),
  createStory('sign-in-blocked', 'The browser has blocked the sign-in window', {
    on: [PANEL],
    expectedText: 'has blocked',
    clicks: [SIGN_IN_SELECTOR],
    browserCondition: 'no-windows',
    answers: { ...NOT_SIGNED_IN, signIn: true },
  }),
  createStory('unreachable', 'The proxy cannot be reached', {
    on: ALL_AND_INBOX,
    expectedText: { default: 'reached', [CHIP]: 'not loaded' },
    answers: everywhere('cut'),
  }),
  createStory('fault', 'The proxy has a fault, with a reference for IT', {
    on: ALL_AND_INBOX,
    expectedText: { default: 'k3v9p2m7x4qa', [CHIP]: 'not loaded' },
    answers: everywhere(FAULT),
  }),
  createStory('invite-failed', 'Evalon did not answer the invite', {
    on: [PANEL, BUTTON],
    expectedText: /did not answer/,
    clicks: [INVITE_SELECTOR],
    answers: {
      invite: createProblem(
        'upstream_unavailable',
        'Evalon did not answer in time. Try again in a moment. That is safe: nobody is invited twice.',
      ),
    },
  }),
  createStory('invite-rejected', 'Evalon did not accept the invite', {
    on: [PANEL, BUTTON],
    expectedText: /did not accept/,
    clicks: [INVITE_SELECTOR],
    answers: {
      invite: createProblem(
        'upstream_rejected',
        'Evalon did not accept this invitation. Check the candidate’s name and email; if both are right, tell your IT team.',
      ),
    },
  }),
  createStory('evalon-busy', 'Evalon is busy; the invite can be tried again', {
    on: [PANEL, BUTTON],
    expectedText: /busy/,
    clicks: [INVITE_SELECTOR],
    answers: { invite: createProblem('rate_limited', 'Evalon is busy with many requests. Try again in a moment.') },
  }),
  createStory('evalon-full', 'Evalon has no room right now: the invite is sent again by itself', {
    on: [PANEL, BUTTON],
    expectedText: 'Waiting',
    clicks: [INVITE_SELECTOR],
    answers: {
      invite: createProblem('rate_limited', 'Evalon is busy with many requests. Try again in a moment.', {
        retryAfter: 20,
      }),
    },
  }),
  createStory('result-waits', 'Completed; Evalon has no room yet to hand out the scorecard', {
    on: [PANEL, SCORECARD],
    expectedText: 'Waiting',
    answers: {
      query: [createCompletedSession(FULL_SCORECARD)],
      scorecard: createProblem('rate_limited', 'Evalon is busy with many requests. Try again in a moment.', {
        retryAfter: 20,
      }),
    },
  }),
  createStory('result-failed', 'Completed, and the scorecard cannot be read', {
    on: [PANEL, SCORECARD],
    expectedText: /problem of its own/,
    answers: {
      query: [createCompletedSession(FULL_SCORECARD)],
      scorecard: createProblem(
        'upstream_unavailable',
        'Evalon has a problem of its own right now. Try again in a few minutes. What is shown of the result already is final.',
      ),
    },
  }),
  createStory('stale', 'The stream broke off: what is shown may be old', {
    on: [PANEL, INBOX],
    expectedText: 'Updated',
    visibleAfterMs: 90_000,
    answers: {
      query: [createSession('started')],
      events: createProblem('unavailable', 'Too many pages follow assessments right now. Try again in a moment.'),
    },
  }),
  createStory('offline', 'The browser has no network', {
    on: [PANEL, INBOX],
    expectedText: /offline/,
    answers: { query: [createSession('started')] },
    browserCondition: 'offline',
  }),
  createStory('gone', 'The session was erased', {
    on: [SCORECARD],
    expectedText: /was erased/,
    answers: { session: createSession('completed') },
  }),
  createStory('no-assessments', 'IT has set up nothing to offer', {
    on: [PANEL],
    expectedText: /is set up/,
    answers: { config: createClientConfig({ assessments: [] }) },
  }),
  createStory('environment', 'Not production: a badge says so', {
    on: [PANEL],
    expectedText: /staging/,
    answers: { config: createClientConfig({ environment: 'staging' }) },
  }),
  createStory('incomplete', 'The page left an attribute out', {
    on: ALL,
    expectedText: /needs/,
    attributes: { 'candidate-email': '', 'session-uuid': '' },
  }),
];
