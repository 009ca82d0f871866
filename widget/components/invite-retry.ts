/** How an invite or a scorecard is shown that waits because Evalon is busy. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WidgetProblem } from '../api/errors.ts';
import { retry as retryText } from '../strings/en/common.ts';
import * as say from '../strings/en/invite-retry.ts';
import type { PendingInvite } from '../sync/invites.ts';
import { renderProblem } from './problem.ts';

/** After a longer wait the recruiter wants to know why. */
const MAX_WAIT_SECONDS = 180;

/** For screen readers. */
export function formatWaitAnnouncement(ms: number): string {
  return `${say.waitingForEvalon}, ${say.approximateDuration(ms)}`;
}

/** The text of the invite button; undefined unless the invite waits. */
export function getWaitingText(invite: PendingInvite | undefined): string | undefined {
  return invite?.status === 'waiting' ? say.waitingForEvalon : undefined;
}

/** Shown next to the button, whose accessible name must not change every few seconds: the remaining time and a way out. */
export function renderRetryStatus(invite: PendingInvite | undefined, now: number): TemplateResult | typeof nothing {
  if (!invite?.retryAt) return nothing;
  const cancel = ({ currentTarget }: Event) => {
    // The button disappears: move the focus to the invite button.
    ((currentTarget as Element).previousElementSibling as HTMLElement).focus();
    invite.abort();
  };
  const remainingMs = invite.status === 'waiting' ? invite.retryAt - now : 0;
  return html`<button part="cancel-button" @click=${cancel}>${say.stopRetrying}</button>${
    remainingMs > 0 ? html`<p>${say.inviteRetryIn(remainingMs)}</p>` : nothing
  }`;
}

/** A scorecard that will be read again soon is waiting, not failed. */
export function renderScorecardProblem(problem: WidgetProblem, retry: () => void): TemplateResult {
  const { retryAfter = MAX_WAIT_SECONDS } = problem.details;
  if (retryAfter >= MAX_WAIT_SECONDS || problem.code === 'unavailable') return renderProblem(problem, retry);
  return html`<div class="rows">
    <p part="waiting">${say.detailsPending(retryAfter * 1000)}</p>
    <button part="retry-button" @click=${retry}>${retryText}</button>
  </div>`;
}
