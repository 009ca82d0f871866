/**
 * The invite button. While it is pending it keeps the focus and takes no second click; while it waits it can be taken back.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { WidgetProblem } from '../api/errors.ts';
import * as say from '../strings/en/common.ts';
import type { PendingInvite } from '../sync/invites.ts';
import { getWaitingText, renderRetryStatus } from './invite-retry.ts';
import { renderProblemText } from './problem.ts';

export interface InviteButtonProps {
  /** Whom the click invites. */
  name: string;
  label: string;
  /** What the button says. */
  text: string;
  /** An invite to this project is under way, */
  isPending: boolean;
  /** and it is this one. */
  ownInvite: PendingInvite | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** Why the last click failed. */
  problem: WidgetProblem | undefined;
  onInvite: () => void;
}

export function renderInviteButton(view: InviteButtonProps): TemplateResult {
  const { name, label, text, isPending: pending, ownInvite: inviting, now, problem, onInvite: invite } = view;
  const visible = getWaitingText(inviting) ?? (inviting || problem ? say.inviteProgress(text, !inviting) : text);
  return html`<button
      class=${text === say.inviteAgain ? '' : 'primary'}
      part="invite-button"
      aria-disabled=${String(pending)}
      aria-label=${say.inviteAccessibleName(name, label, visible)}
      @click=${invite}
    >${visible}</button> ${renderRetryStatus(inviting, now)}${problem && !pending ? renderProblemText(problem) : nothing}`;
}
