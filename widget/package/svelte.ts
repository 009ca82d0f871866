/**
 * Types of the elements in Svelte 5, for a TypeScript file that imports this module. Svelte sets properties and listens
 * to events: `onevalon-completed={(event) => …}`.
 */
import type { HTMLAttributes } from 'svelte/elements';
import type { EvalonElement, EvalonProperties, EvalonTag } from './elements.ts';
import type { EvalonEvents } from './events.ts';

type EventListeners = {
  [Name in keyof EvalonEvents as `on${Name}`]?: (event: CustomEvent<EvalonEvents[Name]>) => void;
};

type ElementsByTag = {
  [Tag in EvalonTag]: HTMLAttributes<EvalonElement<Tag>> & Partial<EvalonProperties[Tag]> & EventListeners;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends ElementsByTag {}
}
