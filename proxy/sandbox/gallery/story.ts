/**
 * A state of the gallery, as data: who it is about, what the proxy answers, what a recruiter has pressed. The elements
 * run as they are and ask the canned proxy over HTTP; the gallery, its tests and its pictures all read these.
 */
import type { ClientConfig } from '../../contract/client-config.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Scorecard } from '../../contract/scorecard.ts';
import type { Session } from '../../contract/session.ts';

/** Elements in the order they are shown, each with what it must be told. A new element gets a line here. */
export const PANEL = 'evalon-assessments';
export const BUTTON = 'evalon-invite-button';
export const CHIP = 'evalon-status';
export const SCORECARD = 'evalon-scorecard';
export const INBOX = 'evalon-inbox';
export const ELEMENT_ATTRIBUTES = {
  [PANEL]: ['candidate-email', 'candidate-name', 'project-id'],
  [BUTTON]: ['candidate-email', 'candidate-name', 'project-id', 'assessment-type'],
  [CHIP]: ['candidate-email', 'project-id'],
  [SCORECARD]: ['session-uuid'],
  [INBOX]: [],
} as const;

/** What a recruiter presses, as selectors inside of the element; `>>>` leads into one of its own. */
export const INVITE_SELECTOR = '[part~=invite-button]';
export const COPY_SELECTOR = '[part~=copy-button]';
export const SIGN_IN_SELECTOR = 'evalon-sign-in >>> [part~=sign-in-button]';
export const SECTION_SELECTOR = '[part~=section] summary';
/** The first that folds away what belongs to another project. */
export const OTHER_PROJECT_SELECTOR = 'details[part~=assessment] > summary';

export const THEMES = ['light', 'dark', 'auto'] as const;
/** CSS pixels that the element is given. */
export const WIDTHS_PX = [280, 420, 640, 900] as const;
export const DIRECTIONS = ['ltr', 'rtl'] as const;

/** No answer ever, a line cut before the answer, or a refusal. */
export type MockFailure = 'never' | 'cut' | { problem: Problem; requestId?: string; retryAfter?: number };

/** What the canned proxy answers, route by route. */
export interface MockResponses {
  config: ClientConfig | MockFailure;
  query: readonly Session[] | 'denied' | MockFailure;
  /** To an invite: 201 with a session. */
  invite: Session | MockFailure;
  /** To whoever asks for one session; by default one of `query`, else 404. */
  session?: Session | MockFailure;
  scorecard: Scorecard | MockFailure;
  /** Asked for only where `config` allows comparison. */
  percentile?: { count: number; percentile: number };
  /** By default a stream that is there and has nothing to say. */
  events?: MockFailure;
  /** Whether recruiters sign in at the company's identity provider; by default they do not. */
  signIn?: true;
}

export interface Story {
  /** As it stands in the address. */
  readonly id: string;
  /** What has happened, in a line. */
  readonly title: string;
  readonly elements: readonly ElementName[];
  /** Values of the attributes that the elements are told; one that is absent here is left out. */
  readonly attributes: Partial<Record<AttributeName, string>>;
  readonly responses: MockResponses;
  /** What is pressed, one after the other, as soon as it is there; a chip has nothing to press. */
  readonly clicks: readonly string[];
  /** What can be read once the state is reached; elements that say it in other words have their own. */
  readonly expectedText: Text | ({ readonly default: Text } & { readonly [Element in ElementName]?: Text });
  /** Milliseconds after which it is seen, where it takes some time. */
  readonly visibleAfterMs?: number;
  /** When the recruiter has looked at the inbox before; absent where this is the first time. */
  readonly lastVisitAt?: string;
  /** What the browser is like: without a network, on a page that may not write to the clipboard, or opening no window. */
  readonly browserCondition?: 'offline' | 'no-clipboard' | 'no-windows';
}

/** A part of what can be read, or a pattern in it. */
type Text = string | RegExp;

export type ElementName = keyof typeof ELEMENT_ATTRIBUTES;
export type AttributeName = (typeof ELEMENT_ATTRIBUTES)[ElementName][number];
export type Theme = (typeof THEMES)[number];
export type Width = (typeof WIDTHS_PX)[number];
export type Direction = (typeof DIRECTIONS)[number];

/** What can be read in the element once the state is reached. */
export function getExpectedText(element: ElementName, { expectedText: shows }: Story): Text {
  return typeof shows === 'string' || shows instanceof RegExp ? shows : (shows[element] ?? shows.default);
}
