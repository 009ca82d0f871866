/** What stands in the way: rights, the network, the proxy, Evalon, the page itself. */
import { offerOf, problem, sessionOf, state, UNKNOWN, withoutLink } from '../fixtures.ts';
import { completed, FULL } from '../results.ts';
import { BUTTON, CHIP, type ElementName, INBOX, INVITE, PANEL, SCORECARD, SIGN_IN, type State } from '../story.ts';

const ALL: readonly ElementName[] = [PANEL, BUTTON, CHIP, SCORECARD];
const ALL_AND_INBOX: readonly ElementName[] = [...ALL, INBOX];

/** The same trouble wherever an element asks first. */
const everywhere = (trouble: State['answers']['events'] & {}) => ({ query: trouble, session: trouble });

const NOT_SIGNED_IN = everywhere(
  problem('unauthenticated', 'Your sign-in is not valid or has expired: reload the page.'),
);

const FAULT = problem(
  'internal',
  'Something went wrong on the way to assessments. Try again; if it goes on, tell your IT team.',
);

export const TROUBLE: readonly State[] = [
  state('loading', 'Nothing has been answered yet', {
    on: ALL_AND_INBOX,
    shows: 'Loading',
    answers: everywhere('never'),
  }),
  state('reader', 'The recruiter may look and not invite', {
    on: [PANEL, BUTTON],
    shows: 'Not invited',
    answers: { config: offerOf({ scope: ['read'] }) },
  }),
  state('invited-reader', 'Invited; the recruiter may look only, so there is no link', {
    on: [PANEL, BUTTON],
    shows: 'Invited',
    answers: {
      config: offerOf({ scope: ['read'] }),
      query: [withoutLink(sessionOf('invited'))],
    },
  }),
  state('denied', 'The recruiter may not see this candidate', {
    on: ALL,
    shows: { default: 'no permission', [CHIP]: 'no access' },
    answers: { query: 'denied', session: UNKNOWN },
  }),
  state('signed-out', 'The recruiter is not signed in any more', {
    on: ALL_AND_INBOX,
    shows: { default: 'Reload', [CHIP]: 'Not signed in' },
    answers: NOT_SIGNED_IN,
  }),
  state('sign-in', 'Nobody is signed in yet at the company’s identity provider', {
    on: ALL_AND_INBOX,
    shows: { default: 'Sign in to see', [CHIP]: 'Not signed in' },
    answers: { ...NOT_SIGNED_IN, signIn: true },
  }),
  state('sign-in-blocked', 'The browser has blocked the sign-in window', {
    on: [PANEL],
    shows: 'has blocked',
    press: [SIGN_IN],
    browser: 'no-windows',
    answers: { ...NOT_SIGNED_IN, signIn: true },
  }),
  state('unreachable', 'The proxy cannot be reached', {
    on: ALL_AND_INBOX,
    shows: { default: 'reached', [CHIP]: 'not loaded' },
    answers: everywhere('cut'),
  }),
  state('fault', 'The proxy has a fault, with a reference for IT', {
    on: ALL_AND_INBOX,
    shows: { default: 'k3v9p2m7x4qa', [CHIP]: 'not loaded' },
    answers: everywhere(FAULT),
  }),
  state('invite-failed', 'Evalon did not answer the invite', {
    on: [PANEL, BUTTON],
    shows: /did not answer/,
    press: [INVITE],
    answers: {
      invite: problem(
        'upstream_unavailable',
        'Evalon did not answer in time. Try again in a moment. That is safe: nobody is invited twice.',
      ),
    },
  }),
  state('invite-rejected', 'Evalon did not accept the invite', {
    on: [PANEL, BUTTON],
    shows: /did not accept/,
    press: [INVITE],
    answers: {
      invite: problem(
        'upstream_rejected',
        'Evalon did not accept this invitation. Check the candidate’s name and email; if both are right, tell your IT team.',
      ),
    },
  }),
  state('evalon-busy', 'Evalon is busy; the invite can be tried again', {
    on: [PANEL, BUTTON],
    shows: /busy/,
    press: [INVITE],
    answers: { invite: problem('rate_limited', 'Evalon is busy with many requests. Try again in a moment.') },
  }),
  state('evalon-full', 'Evalon has no room right now: the invite is sent again by itself', {
    on: [PANEL, BUTTON],
    shows: 'Waiting',
    press: [INVITE],
    answers: {
      invite: problem('rate_limited', 'Evalon is busy with many requests. Try again in a moment.', { retryAfter: 20 }),
    },
  }),
  state('result-waits', 'Completed; Evalon has no room yet to hand out the scorecard', {
    on: [PANEL, SCORECARD],
    shows: 'Waiting',
    answers: {
      query: [completed(FULL)],
      scorecard: problem('rate_limited', 'Evalon is busy with many requests. Try again in a moment.', {
        retryAfter: 20,
      }),
    },
  }),
  state('result-failed', 'Completed, and the scorecard cannot be read', {
    on: [PANEL, SCORECARD],
    shows: /problem of its own/,
    answers: {
      query: [completed(FULL)],
      scorecard: problem(
        'upstream_unavailable',
        'Evalon has a problem of its own right now. Try again in a few minutes. What is shown of the result already is final.',
      ),
    },
  }),
  state('stale', 'The stream broke off: what is shown may be old', {
    on: [PANEL, INBOX],
    shows: 'Updated',
    seenAfter: 90_000,
    answers: {
      query: [sessionOf('started')],
      events: problem('unavailable', 'Too many pages follow assessments right now. Try again in a moment.'),
    },
  }),
  state('offline', 'The browser has no network', {
    on: [PANEL, INBOX],
    shows: /offline/,
    answers: { query: [sessionOf('started')] },
    browser: 'offline',
  }),
  state('gone', 'The session was erased', {
    on: [SCORECARD],
    shows: /was erased/,
    answers: { session: sessionOf('completed') },
  }),
  state('no-assessments', 'IT has set up nothing to offer', {
    on: [PANEL],
    shows: /is set up/,
    answers: { config: offerOf({ assessments: [] }) },
  }),
  state('environment', 'Not production: a badge says so', {
    on: [PANEL],
    shows: /staging/,
    answers: { config: offerOf({ environment: 'staging' }) },
  }),
  state('incomplete', 'The page left an attribute out', {
    on: ALL,
    shows: /needs/,
    attributes: { 'candidate-email': '', 'session-uuid': '' },
  }),
];
