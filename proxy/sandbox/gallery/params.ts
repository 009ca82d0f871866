/** What an address of the gallery asks for. */

import { ELEMENT_STORIES } from './stories/stories.ts';
import {
  DIRECTIONS,
  type Direction,
  ELEMENT_ATTRIBUTES,
  type ElementName,
  type Story,
  THEMES,
  type Theme,
  WIDTHS_PX,
  type Width,
} from './story.ts';

/** Asks for every value of a thing. */
export const ALL_VALUES = 'all';

/** Every exhibit that is asked for; where nothing is said about a thing, what `DEFAULTS` names. */
export interface StorySelection {
  elementStories: readonly { element: ElementName; state: Story }[];
  themes: readonly Theme[];
  widths: readonly Width[];
  directions: readonly Direction[];
  /** One element in one state, theme, width and direction: the address shows it alone. */
  isSingle: boolean;
}

export const DEFAULT_PARAMS = {
  element: ALL_VALUES,
  state: ALL_VALUES,
  theme: 'light',
  width: '420',
  dir: 'ltr',
  view: '',
};
export type GalleryParams = typeof DEFAULT_PARAMS;

/** The address's parameters; what is missing has its default. */
export function parseParams(parameters: Record<string, unknown>): GalleryParams {
  const given = Object.entries(parameters).filter(
    ([name, value]) => Object.hasOwn(DEFAULT_PARAMS, name) && typeof value === 'string' && value,
  );
  return { ...DEFAULT_PARAMS, ...Object.fromEntries(given) };
}

/** What is chosen, or undefined where something is asked for that there is not. */
export function selectStories({ element, state, theme, width, dir, view }: GalleryParams): StorySelection | undefined {
  const exhibits = ELEMENT_STORIES.filter(
    (one) => [ALL_VALUES, one.element].includes(element) && [ALL_VALUES, one.state.id].includes(state),
  );
  const [themes, widths, directions] = [pick(THEMES, theme), pick(WIDTHS_PX, width), pick(DIRECTIONS, dir)];
  const isPossible = exhibits.length && themes.length && widths.length && directions.length;
  if (!isPossible || (element !== ALL_VALUES && !Object.hasOwn(ELEMENT_ATTRIBUTES, element))) return undefined;
  const isOne =
    element !== ALL_VALUES && state !== ALL_VALUES && ![theme, width, dir].includes(ALL_VALUES) && view !== 'index';
  return { elementStories: exhibits, themes, widths, directions, isSingle: isOne };
}

function pick<T>(values: readonly T[], asked: string): readonly T[] {
  return asked === ALL_VALUES ? values : values.filter((value) => String(value) === asked);
}
