/** Shows the age of the data while there is no connection. */
import { html, nothing, type TemplateResult } from 'lit';
import * as strings from '../strings/en/common.ts';
import type { Clock } from '../util/clock.ts';

/** Most reconnects take less time, and need no notice. */
const SHOWN_AFTER_MS = 5_000;

/**
 * @param staleSince milliseconds since 1970; undefined while the data is live, and before the first response
 * @param isErrorShown whether the element already shows that it cannot reach the proxy
 */
export function renderStaleNotice(
  staleSince: number | undefined,
  clock: Clock | undefined,
  isErrorShown = false,
): TemplateResult | typeof nothing {
  const ageMs = staleSince && clock ? clock.now() - staleSince : 0;
  if (isErrorShown || (navigator.onLine && ageMs < SHOWN_AFTER_MS)) return nothing;
  return html`<p part="stale">${navigator.onLine ? strings.reconnecting : strings.offline}${
    staleSince === undefined ? nothing : ` ${strings.lastUpdated(ageMs)}`
  }</p>`;
}
