/** The invite button. While it is pending it keeps the focus and takes no second click. */
import { html, nothing, type TemplateResult } from 'lit';
import * as say from '../messages/en.ts';
import type { WidgetProblem } from '../state/problem.ts';

export interface InviteView {
  /** Whom the click invites. */
  name: string;
  label: string;
  /** What the button says. */
  text: string;
  /** An invite is under way: this one, or another in the same project. */
  pending: 'this' | 'other' | undefined;
  /** Why the last click failed. */
  problem: WidgetProblem | undefined;
  invite: () => void;
}

export function inviteButton({ name, label, text, pending, problem, invite }: InviteView): TemplateResult {
  const visible = pending === 'this' ? say.inviting : problem ? say.retry : text;
  return html`<button
      class="primary"
      part="invite-button"
      aria-disabled=${pending ? 'true' : 'false'}
      aria-label=${say.inviteName(name, label, visible)}
      @click=${() => pending || invite()}
    >${visible}</button>${
      problem && !pending ? html`<p class="problem" part="problem">${say.problem(problem)}</p>` : nothing
    }`;
}
