/**
 * A state of the gallery, as data: who it is about, what the proxy answers, what a recruiter has pressed. The elements
 * run as they are and ask the canned proxy over HTTP; the gallery, its tests and its pictures all read these.
 */
import type { Offer } from '../../contract/client-config.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Scorecard } from '../../contract/scorecard.ts';
import type { Session } from '../../contract/session.ts';

/** Elements in the order they are shown, each with what it must be told. A new element gets a line here. */
export const PANEL = 'evalon-assessments';
export const BUTTON = 'evalon-invite-button';
export const CHIP = 'evalon-status';
export const SCORECARD = 'evalon-scorecard';
export const INBOX = 'evalon-inbox';
export const ELEMENTS = {
  [PANEL]: ['candidate-email', 'candidate-name', 'project-id'],
  [BUTTON]: ['candidate-email', 'candidate-name', 'project-id', 'assessment-type'],
  [CHIP]: ['candidate-email', 'project-id'],
  [SCORECARD]: ['session-uuid'],
  [INBOX]: [],
} as const;

/** What a recruiter presses, as selectors inside of the element; `>>>` leads into one of its own. */
export const INVITE = '[part~=invite-button]';
export const COPY = '[part~=copy-button]';
export const SIGN_IN = 'evalon-sign-in >>> [part~=sign-in-button]';
export const SECTION = '[part~=section] summary';
/** The first that folds away what belongs to another project. */
export const ELSEWHERE = 'details[part~=assessment] > summary';

export const THEMES = ['light', 'dark', 'auto'] as const;
/** CSS pixels that the element is given. */
export const WIDTHS = [280, 420, 640, 900] as const;
export const DIRECTIONS = ['ltr', 'rtl'] as const;

/** No answer ever, a line cut before the answer, or a refusal. */
export type Trouble = 'never' | 'cut' | { problem: Problem; requestId?: string; retryAfter?: number };

/** What the canned proxy answers, route by route. */
export interface Answers {
  config: Offer | Trouble;
  query: readonly Session[] | 'denied' | Trouble;
  /** To an invite: 201 with a session. */
  invite: Session | Trouble;
  /** To whoever asks for one session; by default one of `query`, else 404. */
  session?: Session | Trouble;
  scorecard: Scorecard | Trouble;
  /** Asked for only where `config` allows comparison. */
  standing?: { count: number; percentile: number };
  /** By default a stream that is there and has nothing to say. */
  events?: Trouble;
  /** Whether recruiters sign in at the company's identity provider; by default they do not. */
  signIn?: true;
}

export interface State {
  /** As it stands in the address. */
  readonly id: string;
  /** What has happened, in a line. */
  readonly title: string;
  readonly elements: readonly ElementName[];
  /** Values of the attributes that the elements are told; one that is absent here is left out. */
  readonly attributes: Partial<Record<AttributeName, string>>;
  readonly answers: Answers;
  /** What is pressed, one after the other, as soon as it is there; a chip has nothing to press. */
  readonly press: readonly string[];
  /** What can be read once the state is reached; elements that say it in other words have their own. */
  readonly shows: Text | ({ readonly default: Text } & { readonly [Element in ElementName]?: Text });
  /** Milliseconds after which it is seen, where it takes some time. */
  readonly seenAfter?: number;
  /** When the recruiter has looked at the inbox before; absent where this is the first time. */
  readonly lookedAt?: string;
  /** What the browser is like: without a network, on a page that may not write to the clipboard, or opening no window. */
  readonly browser?: 'offline' | 'no-clipboard' | 'no-windows';
}

/** A part of what can be read, or a pattern in it. */
type Text = string | RegExp;

export type ElementName = keyof typeof ELEMENTS;
export type AttributeName = (typeof ELEMENTS)[ElementName][number];
export type Theme = (typeof THEMES)[number];
export type Width = (typeof WIDTHS)[number];
export type Direction = (typeof DIRECTIONS)[number];

/** What can be read in the element once the state is reached. */
export function shownBy(element: ElementName, { shows }: State): Text {
  return typeof shows === 'string' || shows instanceof RegExp ? shows : (shows[element] ?? shows.default);
}
