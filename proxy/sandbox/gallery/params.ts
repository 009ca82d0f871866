/** The gallery's URL parameters. */
import { ELEMENT_STORIES } from './stories/stories.ts';
import {
  DIRECTIONS,
  type Direction,
  type ElementStory,
  LANGUAGES,
  type Language,
  THEMES,
  type Theme,
  WIDTHS_PX,
  type Width,
} from './story.ts';
import type { StoryVariant } from './story-page.ts';

export const ALL_VALUES = 'all';

export const DEFAULT_PARAMS = {
  element: ALL_VALUES,
  state: ALL_VALUES,
  theme: 'light',
  width: '420',
  dir: 'ltr',
  language: 'en',
  view: '',
};
export type GalleryParams = typeof DEFAULT_PARAMS;

export interface StorySelection {
  stories: readonly ElementStory[];
  themes: readonly Theme[];
  widths: readonly Width[];
  directions: readonly Direction[];
  languages: readonly Language[];
}

export function parseParams(query: Record<string, unknown>): GalleryParams {
  const given = Object.entries(query).filter(
    ([name, value]) => Object.hasOwn(DEFAULT_PARAMS, name) && typeof value === 'string' && value,
  );
  return { ...DEFAULT_PARAMS, ...Object.fromEntries(given) };
}

/** Returns undefined if a parameter has an unknown value. */
export function selectStories(params: GalleryParams): StorySelection | undefined {
  const { element, state, theme, width, dir, language } = params;
  const stories = ELEMENT_STORIES.filter(
    (entry) => [ALL_VALUES, entry.element].includes(element) && [ALL_VALUES, entry.story.id].includes(state),
  );
  const [themes, widths] = [select(THEMES, theme), select(WIDTHS_PX, width)];
  const [directions, languages] = [select(DIRECTIONS, dir), select(LANGUAGES, language)];
  const selection = { stories, themes, widths, directions, languages };
  return Object.values(selection).every((values) => values.length) ? selection : undefined;
}

/** Returns the variant to show alone, or undefined if the parameters ask for the index. */
export function getSingleVariant(params: GalleryParams, selection: StorySelection): StoryVariant | undefined {
  const { view, ...values } = params;
  if (view === 'index' || Object.values(values).includes(ALL_VALUES)) return undefined;
  const { stories, themes, widths, directions, languages } = selection;
  const [entry, theme, width, dir, language] = [stories[0], themes[0], widths[0], directions[0], languages[0]];
  return entry && theme && width && dir && language && { ...entry, theme, width, dir, language };
}

function select<T>(values: readonly T[], param: string): readonly T[] {
  return param === ALL_VALUES ? values : values.filter((value) => String(value) === param);
}
