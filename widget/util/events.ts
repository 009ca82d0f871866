import type { EvalonEvents } from '../package/events.ts';

/** Dispatches an event that bubbles and crosses shadow roots. */
export function emit<Name extends keyof EvalonEvents>(element: Element, name: Name, detail: EvalonEvents[Name]): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
