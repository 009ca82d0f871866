/** What the elements tell the page. All bubble and cross shadow roots. */

import type { WidgetProblemCode } from '../api/errors.ts';
import type { Session } from '../api/parse.ts';

export interface EvalonEvents {
  /** An invite was answered. `created` is false where Evalon already held the session. */
  'evalon-invited': { session: Session; created: boolean };
  /** A session's status is shown: for the first time (`previous` is absent), or because it changed. */
  'evalon-status': { session: Session; previous?: string };
  /** A session was completed while the page was open. */
  'evalon-completed': { session: Session };
  /**
   * A row of the inbox was chosen: the page shows its candidate. The widget itself does nothing more; a page that takes it
   * says so by `preventDefault()`.
   */
  'evalon-open': { session: Session };
  /** Something failed; `detail` is the sentence that is shown, `reference` is what IT finds in the proxy's log. */
  'evalon-error': { code: WidgetProblemCode; detail: string; reference?: string | undefined };
}

declare global {
  interface HTMLElementEventMap {
    'evalon-invited': CustomEvent<EvalonEvents['evalon-invited']>;
    'evalon-status': CustomEvent<EvalonEvents['evalon-status']>;
    'evalon-completed': CustomEvent<EvalonEvents['evalon-completed']>;
    'evalon-open': CustomEvent<EvalonEvents['evalon-open']>;
    'evalon-error': CustomEvent<EvalonEvents['evalon-error']>;
  }
}

export function emit<Name extends keyof EvalonEvents>(element: Element, name: Name, detail: EvalonEvents[Name]): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
