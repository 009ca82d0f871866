/** What is seen of waiting for Evalon: on the invite button and beside it, and in place of a problem. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { WidgetProblem } from '../api/errors.ts';
import { retry as retryText } from '../strings/en/common.ts';
import * as say from '../strings/en/invite-retry.ts';

export { waitingForEvalon } from '../strings/en/invite-retry.ts';

/** For whoever hears it. */
export function formatWaitAnnouncement(milliseconds: number): string {
  return `${say.waitingForEvalon}, ${say.approximateDuration(milliseconds)}`;
}

/** Seconds; who waits for longer wants to know why. */
const LONGEST = 180;

/** What is tried again by itself, and soon, is shown as waiting; `changed` is called when it is. */
export function attachRetryView({ code, details: facts }: WidgetProblem, changed: () => void): void {
  const { retryAfter = LONGEST } = facts;
  if (retryAfter >= LONGEST || code === 'unavailable') return;
  facts.render = (retry) => html`<div class="rows">
    <p part="waiting">${say.detailsPending(retryAfter * 1000)}</p>
    <button part="retry-button" @click=${retry}>${retryText}</button>
  </div>`;
  changed();
}

/** The way back, and how long it will take: no part of the button's name, which must not change every few seconds. */
export function renderRetryStatus(cancel: () => void, left: number | undefined): TemplateResult {
  return html`<button
    part="cancel-button"
    @click=${({ currentTarget }: Event) => {
      // It is about to go, and the focus must not go with it.
      ((currentTarget as Element).previousElementSibling as HTMLElement).focus();
      cancel();
    }}
  >${say.stopRetrying}</button>${left ? html`<p>${say.inviteRetryIn(left)}</p>` : nothing}`;
}
