/**
 * Types of the elements in templates of Vue 3, for a TypeScript file that imports this module. `.prop` sets a property,
 * and `@evalon-completed` adds a listener.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { EvalonElement, EvalonProperties, EvalonTag } from './elements.ts';
import type { EvalonEvents } from './events.ts';

type Emits = { [Name in keyof EvalonEvents]: (event: CustomEvent<EvalonEvents[Name]>) => void };

type ElementComponent<Tag extends EvalonTag> = new () => EvalonElement<Tag> & {
  /** @deprecated Not for use in code: only Vue's template types read this property. */
  $props: HTMLAttributes & Partial<EvalonProperties[Tag]> & PublicProps;
  /** @deprecated Not for use in code: only Vue's template types read this property. */
  $emit: EmitFn<Emits>;
};

type ElementsByTag = { [Tag in EvalonTag]: ElementComponent<Tag> };

declare module 'vue' {
  interface GlobalComponents extends ElementsByTag {}
}
