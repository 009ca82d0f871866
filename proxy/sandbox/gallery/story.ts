/**
 * A story: one state of the widget as data. It contains the attributes, the proxy's responses and the recruiter's
 * clicks. The gallery, its tests and its screenshots show the story in the widget's real elements.
 */
import type { ProxyScript } from './scripted-proxy.ts';

export const PANEL = 'evalon-assessments';
export const BUTTON = 'evalon-invite-button';
export const CHIP = 'evalon-status';
export const SCORECARD = 'evalon-scorecard';
export const INBOX = 'evalon-inbox';
export const COHORT = 'evalon-cohort';
export const RESULTS = 'evalon-results';

/** The elements in display order, with the attributes that each needs. */
export const ELEMENT_ATTRIBUTES = {
  [PANEL]: ['candidate-email', 'candidate-name', 'project-id'],
  [BUTTON]: ['candidate-email', 'candidate-name', 'project-id', 'assessment-type'],
  [CHIP]: ['candidate-email', 'project-id'],
  [SCORECARD]: ['session-uuid'],
  [INBOX]: [],
  [COHORT]: ['project-id', 'assessment-type'],
  [RESULTS]: ['project-id'],
} as const;

/** Click targets inside the element. `>>>` enters a nested element. */
export const INVITE_SELECTOR = '[part~=invite-button]';
export const COPY_SELECTOR = '[part~=copy-button]';
export const SIGN_IN_SELECTOR = 'evalon-sign-in >>> [part~=sign-in-button]';
export const SECTION_SELECTOR = '[part~=section] summary';
export const OTHER_CHOICE_SELECTOR = '[part~=choice-option] ~ [part~=choice-option] input';
export const HISTORY_SELECTOR = '[part~=history] > summary';
export const OTHER_PROJECT_SELECTOR = 'details[part~=assessment] > summary';

export const THEMES = ['light', 'dark', 'auto'] as const;
export const WIDTHS_PX = [280, 420, 640, 900, 1200] as const;
export const DIRECTIONS = ['ltr', 'rtl'] as const;
/** Made from the English texts: `long` is 40 % longer, `mirrored` runs from right to left. */
export const PSEUDO_LANGUAGES = ['long', 'mirrored'] as const;
export const LANGUAGES = ['en', ...PSEUDO_LANGUAGES] as const;

export type ElementName = keyof typeof ELEMENT_ATTRIBUTES;
export type AttributeName = (typeof ELEMENT_ATTRIBUTES)[ElementName][number];
export type Theme = (typeof THEMES)[number];
export type Width = (typeof WIDTHS_PX)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type Language = (typeof LANGUAGES)[number];

/** A part of the visible text, or a pattern in it. */
type Text = string | RegExp;

export type StoryResponses = Omit<ProxyScript, 'viewer' | 'cursor' | 'now' | 'baseUrl'>;

export interface Story {
  /** The value of the URL parameter `state`. */
  readonly id: string;
  readonly title: string;
  readonly elements: readonly ElementName[];
  readonly attributes: Partial<Record<AttributeName, string>>;
  readonly responses: StoryResponses;
  /** The property `candidates` of a cohort. */
  readonly cohort?: readonly { candidate_email: string; candidate_name: string }[];
  /** Selectors of the elements to click, in order. A chip has no click targets. */
  readonly clicks: readonly string[];
  /** Visible once the story has reached its state. An element can have a text that differs from `default`. */
  readonly expectedText: Text | ({ readonly default: Text } & { readonly [Element in ElementName]?: Text });
  /** How long the state takes to become visible. */
  readonly visibleAfterMs?: number;
  /** Time of the recruiter's last visit to the inbox. Default: this is the first visit. */
  readonly lastVisitAt?: string;
  readonly browserCondition?: 'offline' | 'no-clipboard' | 'no-windows';
}

export interface ElementStory {
  readonly element: ElementName;
  readonly story: Story;
}

export function getExpectedText({ element, story: { expectedText } }: ElementStory): Text {
  if (typeof expectedText === 'string' || expectedText instanceof RegExp) return expectedText;
  return expectedText[element] ?? expectedText.default;
}

/** Each story has its own viewer, so that the inbox stores each last visit separately. */
export function getViewerId({ id }: Story): string {
  return `gallery ${id}`;
}

/** Whether a response stays pending. The state then ends when the widget times out. */
export function hasPendingResponse({ responses }: Story): boolean {
  return Object.values(responses).includes('never');
}
