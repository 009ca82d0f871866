/** Errors: missing permissions, network, proxy, Evalon, page setup. */
import { createClientConfig, createSession, createStory, omitLink } from '../fixtures.ts';
import { createCompletedSession, FULL_SCORECARD } from '../scorecards.ts';
import { createProblem, NOT_FOUND, REQUEST_ID, type ScriptedFailure } from '../scripted-proxy.ts';
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

/** The elements that show one candidate. */
const CANDIDATE_ELEMENTS: readonly ElementName[] = [PANEL, BUTTON, CHIP, SCORECARD];
const CANDIDATE_ELEMENTS_AND_INBOX: readonly ElementName[] = [...CANDIDATE_ELEMENTS, INBOX];

/** Returns responses that fail the first request of every element in `CANDIDATE_ELEMENTS_AND_INBOX`. */
const failAll = (failure: ScriptedFailure) => ({ sessions: failure, session: failure });

const NOT_SIGNED_IN = failAll(
  createProblem('unauthenticated', 'Your sign-in is invalid or has expired. Reload the page.'),
);

const INTERNAL_ERROR = createProblem('internal', 'Something went wrong. Try again. If it keeps happening, contact IT.');

export const ERROR_STORIES: readonly Story[] = [
  createStory('loading', 'The proxy has not responded', {
    elements: CANDIDATE_ELEMENTS_AND_INBOX,
    expectedText: 'Loading',
    responses: failAll('never'),
  }),
  createStory('reader', 'The recruiter cannot invite', {
    elements: [PANEL, BUTTON],
    expectedText: 'Not invited',
    responses: { config: createClientConfig({ scope: ['read'] }) },
  }),
  createStory('invited-reader', 'Invited, the recruiter cannot see the link', {
    elements: [PANEL, BUTTON],
    expectedText: 'Invited',
    responses: {
      config: createClientConfig({ scope: ['read'] }),
      sessions: [omitLink(createSession('invited'))],
    },
  }),
  createStory('denied', 'The recruiter has no access to the candidate', {
    elements: CANDIDATE_ELEMENTS,
    expectedText: { default: 'have permission to see', [CHIP]: 'no access', [SCORECARD]: "doesn't exist" },
    responses: { denied: 'all', session: NOT_FOUND },
  }),
  createStory('signed-out', 'The sign-in has expired', {
    elements: CANDIDATE_ELEMENTS_AND_INBOX,
    expectedText: { default: 'Reload', [CHIP]: 'Not signed in' },
    responses: NOT_SIGNED_IN,
  }),
  createStory('sign-in', 'Not signed in at the identity provider', {
    elements: CANDIDATE_ELEMENTS_AND_INBOX,
    expectedText: { default: 'Sign in to see', [CHIP]: 'Not signed in' },
    responses: { ...NOT_SIGNED_IN, signIn: true },
  }),
  createStory('sign-in-blocked', 'The browser blocked the sign-in window', {
    elements: [PANEL],
    expectedText: 'blocked the sign-in window',
    clicks: [SIGN_IN_SELECTOR],
    browserCondition: 'no-windows',
    responses: { ...NOT_SIGNED_IN, signIn: true },
  }),
  createStory('unreachable', 'The proxy is unreachable', {
    elements: CANDIDATE_ELEMENTS_AND_INBOX,
    expectedText: { default: 'reach the assessment server', [CHIP]: 'unavailable' },
    responses: failAll('cut'),
  }),
  createStory('fault', 'The proxy reports an error, with a reference for IT', {
    elements: CANDIDATE_ELEMENTS_AND_INBOX,
    expectedText: { default: REQUEST_ID, [CHIP]: 'unavailable' },
    responses: failAll(INTERNAL_ERROR),
  }),
  createStory('invite-failed', 'Invite failed, Evalon did not respond', {
    elements: [PANEL, BUTTON],
    expectedText: /didn't respond/,
    clicks: [INVITE_SELECTOR],
    responses: {
      invite: createProblem('upstream_unavailable', "Evalon didn't respond in time. Try again in a moment."),
    },
  }),
  createStory('invite-rejected', 'Invite failed, Evalon rejected it', {
    elements: [PANEL, BUTTON],
    expectedText: /rejected this invite/,
    clicks: [INVITE_SELECTOR],
    responses: {
      invite: createProblem(
        'upstream_rejected',
        "Evalon rejected this invite. Check the candidate's name and email. If both are correct, contact IT.",
      ),
    },
  }),
  createStory('evalon-busy', 'Invite failed, Evalon is busy', {
    elements: [PANEL, BUTTON],
    expectedText: /busy/,
    clicks: [INVITE_SELECTOR],
    responses: { invite: createProblem('rate_limited', 'Evalon is busy. Try again in a moment.') },
  }),
  createStory('evalon-full', 'Evalon is busy, the widget retries the invite', {
    elements: [PANEL, BUTTON],
    expectedText: /[Tt]rying again|Waiting|Loading the details/,
    clicks: [INVITE_SELECTOR],
    responses: {
      invite: createProblem('rate_limited', 'Evalon is busy. Try again in a moment.', {
        retryAfterSeconds: 20,
      }),
    },
  }),
  createStory('result-waits', 'Completed, Evalon is busy, the widget retries the scorecard', {
    elements: [PANEL, SCORECARD],
    expectedText: /[Tt]rying again|Waiting|Loading the details/,
    responses: {
      sessions: [createCompletedSession(FULL_SCORECARD)],
      scorecard: createProblem('rate_limited', 'Evalon is busy. Try again in a moment.', {
        retryAfterSeconds: 20,
      }),
    },
  }),
  createStory('result-failed', 'Completed, the scorecard fails to load', {
    elements: [PANEL, SCORECARD],
    expectedText: "The details couldn't be loaded.",
    responses: {
      sessions: [createCompletedSession(FULL_SCORECARD)],
      scorecard: createProblem('upstream_unavailable', 'Evalon has a problem right now. Try again in a few minutes.'),
    },
  }),
  createStory('stale', 'The stream failed, the data may be old', {
    elements: [PANEL, INBOX],
    expectedText: 'updated',
    visibleAfterMs: 90_000,
    responses: {
      sessions: [createSession('started')],
      events: createProblem('unavailable', 'Too many pages are receiving updates right now. Try again in a moment.'),
    },
  }),
  createStory('offline', 'The browser is offline', {
    elements: [PANEL, INBOX],
    expectedText: /offline/,
    responses: { sessions: [createSession('started')] },
    browserCondition: 'offline',
  }),
  createStory('gone', 'The session was erased', {
    elements: [SCORECARD],
    expectedText: /was erased/,
    responses: { session: createSession('completed') },
  }),
  createStory('no-assessments', 'IT has set up no assessments', {
    elements: [PANEL],
    expectedText: /are set up/,
    responses: { config: createClientConfig({ assessments: [] }) },
  }),
  createStory('environment', 'Badge of a test system', {
    elements: [PANEL],
    expectedText: /staging/i,
    responses: { config: createClientConfig({ environment: 'staging' }) },
  }),
  createStory('incomplete', 'The page omitted a required attribute', {
    elements: CANDIDATE_ELEMENTS,
    expectedText: /needs/,
    attributes: { 'candidate-email': '', 'session-uuid': '' },
  }),
];
