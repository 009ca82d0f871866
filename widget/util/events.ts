/** The events that the elements dispatch. All bubble and cross shadow roots. */
import type { WidgetProblemCode } from '../api/errors.ts';
import type { Session } from '../api/parse.ts';

export interface EvalonEvents {
  /** An invite succeeded. `created` is false if the session existed already. */
  'evalon-invited': { session: Session; created: boolean };
  /** A session's status is shown for the first time (without `previous`), or has changed. */
  'evalon-status': { session: Session; previous?: string };
  /** A session completed while the page was open. */
  'evalon-completed': { session: Session };
  /** The recruiter selected a row of the inbox. A page that shows the candidate itself calls `preventDefault()`. */
  'evalon-candidate-select': { session: Session };
  /** Alias of `evalon-candidate-select`. */
  'evalon-open': { session: Session };
  /** A request failed. `detail` is the sentence that is shown; IT finds `reference` in the proxy's log. */
  'evalon-error': { code: WidgetProblemCode; detail: string; reference?: string | undefined };
}

declare global {
  interface HTMLElementEventMap {
    'evalon-invited': CustomEvent<EvalonEvents['evalon-invited']>;
    'evalon-status': CustomEvent<EvalonEvents['evalon-status']>;
    'evalon-completed': CustomEvent<EvalonEvents['evalon-completed']>;
    'evalon-candidate-select': CustomEvent<EvalonEvents['evalon-candidate-select']>;
    'evalon-open': CustomEvent<EvalonEvents['evalon-open']>;
    'evalon-error': CustomEvent<EvalonEvents['evalon-error']>;
  }
}

export function emit<Name extends keyof EvalonEvents>(element: Element, name: Name, detail: EvalonEvents[Name]): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
