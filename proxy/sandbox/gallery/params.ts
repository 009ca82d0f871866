/** What an address of the gallery asks for. */

import { EXHIBITS } from './stories/stories.ts';
import {
  DIRECTIONS,
  type Direction,
  ELEMENTS,
  type ElementName,
  type State,
  THEMES,
  type Theme,
  WIDTHS,
  type Width,
} from './story.ts';

/** Asks for every value of a thing. */
export const ALL = 'all';

/** Every exhibit that is asked for; where nothing is said about a thing, what `DEFAULTS` names. */
export interface Choice {
  exhibits: readonly { element: ElementName; state: State }[];
  themes: readonly Theme[];
  widths: readonly Width[];
  directions: readonly Direction[];
  /** One element in one state, theme, width and direction: the address shows it alone. */
  isOne: boolean;
}

export const DEFAULTS = { element: ALL, state: ALL, theme: 'light', width: '420', dir: 'ltr', view: '' };
export type Query = typeof DEFAULTS;

/** The address's parameters; what is missing has its default. */
export function queryOf(parameters: Record<string, unknown>): Query {
  const given = Object.entries(parameters).filter(
    ([name, value]) => Object.hasOwn(DEFAULTS, name) && typeof value === 'string' && value,
  );
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

/** What is chosen, or undefined where something is asked for that there is not. */
export function choose({ element, state, theme, width, dir, view }: Query): Choice | undefined {
  const exhibits = EXHIBITS.filter(
    (one) => [ALL, one.element].includes(element) && [ALL, one.state.id].includes(state),
  );
  const [themes, widths, directions] = [pick(THEMES, theme), pick(WIDTHS, width), pick(DIRECTIONS, dir)];
  const isPossible = exhibits.length && themes.length && widths.length && directions.length;
  if (!isPossible || (element !== ALL && !Object.hasOwn(ELEMENTS, element))) return undefined;
  const isOne = element !== ALL && state !== ALL && ![theme, width, dir].includes(ALL) && view !== 'index';
  return { exhibits, themes, widths, directions, isOne };
}

function pick<T>(values: readonly T[], asked: string): readonly T[] {
  return asked === ALL ? values : values.filter((value) => String(value) === asked);
}
