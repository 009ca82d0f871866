/**
 * The invite button. While it is pending it keeps the focus and takes no second click; while it waits it can be taken back.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import * as say from '../messages/en.ts';
import type { PendingInvite } from '../state/invites.ts';
import type { WidgetProblem } from '../state/problem.ts';
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
  /** Milliseconds until it is sent again; negative where it is on its way. */
  left: number;
  /** Why the last click failed. */
  problem: WidgetProblem | undefined;
  invite: () => void;
}

export function inviteButton(view: InviteView): TemplateResult {
  const { name, label, text, pending, inviting, left, problem, invite } = view;
  const visible = left > 0 ? say.waiting : inviting ? say.inviting : problem ? say.retry : text;
  return html`<button
      class="primary"
      part="invite-button"
      aria-disabled=${String(pending)}
      aria-label=${say.inviteName(name, label, visible)}
      @click=${invite}
    >${visible}${left > 0 ? html`<small aria-hidden="true">${say.roughly(left)}</small>` : nothing}</button> ${
      inviting?.again &&
      html`<button part="cancel-button" @click=${(click: Event) => {
        // It is about to go, and the focus must not go with it.
        ((click.currentTarget as Element).previousElementSibling as HTMLElement).focus();
        inviting.leaving.abort();
      }}>${say.cancel}</button>`
    }${problem && !pending ? sentence(problem) : nothing}`;
}
