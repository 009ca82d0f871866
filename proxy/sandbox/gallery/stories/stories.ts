/** All states of the gallery, in the order they are shown: the one source of pages, tests and pictures. */
import { ELEMENT_ATTRIBUTES, type ElementName, type Story } from '../story.ts';
import { ERROR_STORIES } from './errors.ts';
import { INBOX_STORIES } from './inbox.ts';
import { JOURNEY_STORIES } from './journey.ts';
import { TEXT_STORIES } from './texts.ts';

export const STORIES: readonly Story[] = [...JOURNEY_STORIES, ...INBOX_STORIES, ...ERROR_STORIES, ...TEXT_STORIES];

/** Every element in every state it has. */
export const ELEMENT_STORIES: readonly { readonly element: ElementName; readonly state: Story }[] = (
  Object.keys(ELEMENT_ATTRIBUTES) as ElementName[]
).flatMap((element) =>
  STORIES.filter(({ elements }) => elements.includes(element)).map((state) => ({ element, state })),
);
