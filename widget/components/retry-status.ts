/**
 * Renders the status of a retry while Evalon is busy. Retries of an invite are in `sync/invites.ts`, retries of a
 * scorecard in `sync/scorecards.ts`.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { WidgetProblem } from '../api/errors.ts';
import { retry as retryText } from '../strings/en/common.ts';
import * as strings from '../strings/en/retry-status.ts';
import type { PendingInvite } from '../sync/invites.ts';
import { renderProblem } from './problem.ts';

/** The scorecard shows only a shorter remaining time. Otherwise, the scorecard shows the failure. */
const MAX_SHOWN_WAIT_SECONDS = 180;

/**
 * Shows the remaining time and a cancel button. Both are outside the invite button, because its accessible name must
 * not change often.
 */
export function renderInviteRetry(invite: PendingInvite, retryAt: number, now: number): TemplateResult {
  const cancel = ({ currentTarget }: Event) => {
    // The cancel button is about to disappear, so the invite button receives the focus.
    const row = (currentTarget as Element).parentElement;
    row?.querySelector<HTMLElement>('[part=invite-button]')?.focus();
    invite.abort();
  };
  const remainingMs = invite.status === 'waiting' ? retryAt - now : 0;
  return html`${remainingMs > 0 ? html`<p>${strings.inviteRetryIn(remainingMs)}</p>` : nothing}
    <button part="cancel-button" @click=${cancel}>${strings.stopRetrying}</button>`;
}

/**
 * Shows the remaining time instead of the failure if the widget will soon reread the scorecard.
 * @param effect a sentence before the failure: what could not be loaded
 */
export function renderScorecardProblem(problem: WidgetProblem, retry: () => void, effect: string): TemplateResult {
  const { retryAfter = MAX_SHOWN_WAIT_SECONDS } = problem.details;
  // `unavailable`: the proxy failed, so the text about a busy Evalon would be wrong.
  if (retryAfter >= MAX_SHOWN_WAIT_SECONDS || problem.code === 'unavailable')
    return html`<div><p class="failed" part="problem">${effect}</p>${renderProblem(problem, retry)}</div>`;
  return html`<div class="rows">
    <p part="waiting">${strings.detailsRetryIn(retryAfter * 1_000)}</p>
    <button part="retry-button" @click=${retry}>${retryText}</button>
  </div>`;
}
