/** The events that the elements dispatch. All bubble and cross shadow roots. */
import type { Session } from './session.ts';

export interface EvalonEvents {
  /** An invite succeeded. `created` is false if the session existed already. */
  'evalon-invited': { session: Session; created: boolean };
  /** A session's status is shown for the first time (without `previous`), or has changed. */
  'evalon-status': { session: Session; previous?: string };
  /** A session completed while the page was open. */
  'evalon-completed': { session: Session };
  /**
   * The recruiter selected a row of the inbox or of the results. A page that opens the candidate calls
   * `preventDefault()`, so that the results do not open the row.
   */
  'evalon-candidate-select': { session: Session };
  /** Alias of `evalon-candidate-select`. */
  'evalon-open': { session: Session };
  /** A request failed or an attribute is missing. `detail` is the sentence shown. `reference` is in the proxy's log. */
  'evalon-error': { code: EvalonErrorCode; detail: string; reference?: string | undefined };
}

/** The proxy's codes, and those that only the widget has. A newer proxy may send others. */
export type EvalonErrorCode =
  | 'invalid_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'not_ready'
  | 'type_conflict'
  | 'conflict'
  | 'too_large'
  | 'rate_limited'
  | 'upstream_rejected'
  | 'upstream_unavailable'
  | 'unavailable'
  | 'internal'
  /** The request did not reach the proxy. */
  | 'unreachable'
  /** The proxy did not respond in time. */
  | 'timeout'
  /** The page's `getToken` or token URL returned no token. */
  | 'no_token'
  /** The response does not follow the contract. */
  | 'bad_answer'
  /** The page left out a required attribute. */
  | 'missing_attribute'
  /** One of the page's scripts has broken a browser feature that the widget needs. */
  | 'page_conflict';

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
