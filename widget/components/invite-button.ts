/** The invite button. While an invite is pending, the button keeps the focus and the caller ignores clicks. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WidgetProblem } from '../api/errors.ts';
import { type InviteButtonText, inviteAgain, inviteLabel, waitingForEvalon } from '../strings/en/common.ts';
import type { PendingInvite } from '../sync/invites.ts';
import type { SessionDetails } from './lazy-session-details.ts';
import { renderProblemText } from './problem.ts';

export interface InviteButtonProps {
  name: string;
  assessment: string;
  text: InviteButtonText;
  /** The candidate's pending invite in this project, to any assessment. */
  pending: PendingInvite | undefined;
  /** The pending invite, if it is to this assessment. */
  ownInvite: PendingInvite | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** The code that renders the retries. Undefined until it has loaded. */
  details: SessionDetails | undefined;
  /** Why the last invite failed. */
  problem: WidgetProblem | undefined;
  onInvite: () => void;
}

export function renderInviteButton(props: InviteButtonProps): TemplateResult {
  const { name, assessment, pending, ownInvite, now, details, problem, onInvite } = props;
  const retryAt = ownInvite?.retryAt;
  const text = getVisibleText(props);
  return html`<button
      class=${props.text === inviteAgain ? '' : 'primary'}
      part="invite-button"
      aria-disabled=${String(!!pending)}
      aria-label=${inviteLabel({ name, assessment, text })}
      @click=${onInvite}
    >${text}</button> ${ownInvite && retryAt ? details?.renderInviteRetry(ownInvite, retryAt, now) : nothing}${problem && !pending ? renderProblemText(problem) : nothing}`;
}

function getVisibleText({ text, ownInvite, problem }: InviteButtonProps): string {
  if (ownInvite) return ownInvite.status === 'waiting' ? waitingForEvalon : text.sending;
  return problem ? text.failed : text.idle;
}
