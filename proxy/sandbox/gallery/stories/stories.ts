/** All states of the gallery, in the order they are shown: the one source of pages, tests and pictures. */
import { ELEMENTS, type ElementName, type State } from '../story.ts';
import { TROUBLE } from './errors.ts';
import { INBOXES } from './inbox.ts';
import { JOURNEY } from './journey.ts';
import { TEXTS } from './texts.ts';

export const STATES: readonly State[] = [...JOURNEY, ...INBOXES, ...TROUBLE, ...TEXTS];

/** Every element in every state it has. */
export const EXHIBITS: readonly { readonly element: ElementName; readonly state: State }[] = (
  Object.keys(ELEMENTS) as ElementName[]
).flatMap((element) =>
  STATES.filter(({ elements }) => elements.includes(element)).map((state) => ({ element, state })),
);
