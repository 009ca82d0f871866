/**
 * The invite button. While it is pending it keeps the focus and takes no second click; while it waits it can be taken back.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { WidgetProblem } from '../api/errors.ts';
import * as say from '../strings/en/common.ts';
import type { PendingInvite } from '../sync/invites.ts';
import { sentence } from './problem.ts';

export interface InviteView {
  /** Whom the click invites. */
  name: string;
  label: string;
  /** What the button says. */
  text: string;
  /** An invite to this project is under way, */
  pending: boolean;
  /** and it is this one. */
  inviting: PendingInvite | undefined;
  /** Why the last click failed. */
  problem: WidgetProblem | undefined;
  invite: () => void;
}

export function inviteButton(view: InviteView): TemplateResult {
  const { name, label, text, pending, inviting, problem, invite } = view;
  const { wait } = inviting ?? {};
  const visible = wait?.text || (inviting || problem ? say.invitingNow(text, !inviting) : text);
  return html`<button
      class=${text === say.inviteAgain ? '' : 'primary'}
      part="invite-button"
      aria-disabled=${String(pending)}
      aria-label=${say.inviteName(name, label, visible)}
      @click=${invite}
    >${visible}</button> ${wait?.beside}${problem && !pending ? sentence(problem) : nothing}`;
}
