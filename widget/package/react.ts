/**
 * Types of the elements in JSX of React 19, for a TypeScript file that imports this module. React sets properties and
 * listens to events: `onevalon-completed={(event) => …}`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { EvalonElement, EvalonProperties, EvalonTag } from './elements.ts';
import type { EvalonEvents } from './events.ts';

type EventListeners = {
  [Name in keyof EvalonEvents as `on${Name}`]?: (event: CustomEvent<EvalonEvents[Name]>) => void;
};

type ElementAttributes<Tag extends EvalonTag> = DetailedHTMLProps<
  HTMLAttributes<EvalonElement<Tag>>,
  EvalonElement<Tag>
> &
  Partial<EvalonProperties[Tag]> &
  EventListeners;

type ElementsByTag = { [Tag in EvalonTag]: ElementAttributes<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ElementsByTag {}
  }
}
