/** What is seen of waiting for Evalon: on the invite button and beside it, and in place of a problem. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { WidgetProblem } from '../api/errors.ts';
import { retry as retryText } from '../strings/en/common.ts';
import * as say from '../strings/en/invite-retry.ts';

export { waiting } from '../strings/en/invite-retry.ts';

/** For whoever hears it. */
export function announced(milliseconds: number): string {
  return `${say.waiting}, ${say.roughly(milliseconds)}`;
}

/** Seconds; who waits for longer wants to know why. */
const LONGEST = 180;

/** What is tried again by itself, and soon, is shown as waiting; `changed` is called when it is. */
export function dress({ code, facts }: WidgetProblem, changed: () => void): void {
  const { retryAfter = LONGEST } = facts;
  if (retryAfter >= LONGEST || code === 'unavailable') return;
  facts.view = (retry) => html`<div class="rows">
    <p part="waiting">${say.rest(retryAfter * 1000)}</p>
    <button part="retry-button" @click=${retry}>${retryText}</button>
  </div>`;
  changed();
}

/** The way back, and how long it will take: no part of the button's name, which must not change every few seconds. */
export function besideButton(cancel: () => void, left: number | undefined): TemplateResult {
  return html`<button
    part="cancel-button"
    @click=${({ currentTarget }: Event) => {
      // It is about to go, and the focus must not go with it.
      ((currentTarget as Element).previousElementSibling as HTMLElement).focus();
      cancel();
    }}
  >${say.cancel}</button>${left ? html`<p>${say.again(left)}</p>` : nothing}`;
}
