/**
 * The buttons to share the candidate's link or to remind the candidate: copy a message, copy the link, open the mail
 * program. Shows who passed the link on, and records when the recruiter passes it on.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Handover } from '../../proxy/contract/session.ts';
import type { ClientConfig, Session } from '../api/parse.ts';
import { formatDate, resultPending } from '../strings/en/common.ts';
import * as strings from '../strings/en/share-link.ts';
import { hasHandoverFailed, recordHandover } from '../sync/handovers.ts';
import type { LiveCollection } from '../sync/live-collection.ts';
import { isReminderDue } from '../sync/reminders.ts';
import { buildCandidateMessage } from './candidate-messages.ts';
import { renderCopyButton } from './copy-button.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface ShareLinkProps {
  /** Records the handover, and shows the session that the proxy returns. */
  collection: LiveCollection;
  session: Session;
  /** The session's `candidate_url`. */
  link: string;
  /** The name of the assessment. */
  assessment: string;
  config: ClientConfig;
}

/** Shows what the recruiter can do next: pass the link on, or remind the candidate after days without activity. */
export function renderShareLink(props: ShareLinkProps): TemplateResult {
  const { session, config, collection } = props;
  const { candidate_name, status, handed_over, invited_at, updated_at } = session;
  const now = collection.clock.now();
  const isDue = isReminderDue(session, now);
  const isInvited = status === 'invited';
  const isSentByEvalon = config.delivery === 'evalon';
  const isUnsent = isInvited && !handed_over && !isSentByEvalon && !isInAts(session);
  const showsHandover = handed_over && (isInvited || handed_over.kind === 'reminder');
  // The buttons for a reminder stay after the first reminder. A link that was never passed on needs no reminder.
  const kind = (isDue && !isUnsent) || handed_over?.kind === 'reminder' ? 'reminder' : 'invite';
  const name = html`<bdi class="inline">${candidate_name}</bdi>`;
  const daysWaiting = Math.floor((now - Date.parse(isUnsent ? invited_at : updated_at)) / DAY_MS);
  const lines = [
    isUnsent && (isDue ? strings.sendOverdueLink(daysWaiting, name) : strings.sendLinkYourself(name)),
    isInvited && isSentByEvalon && strings.sentByEvalon(session.candidate_email),
    !isInvited && !isDue && resultPending,
  ];
  const actions = renderActions(props, kind, isDue || isUnsent);
  return html`<div class="rows" part="share">
    ${lines.map((line) => (line ? html`<p>${line}</p>` : nothing))}
    ${showsHandover ? html`<p part="handover">${describeHandover(handed_over)}</p>` : nothing}
    ${
      kind === 'reminder'
        ? html`<div class="rows" part="reminder">
            ${isDue ? html`<p>${strings.sendReminder(daysWaiting, name)}</p>` : nothing} ${actions}
          </div>`
        : actions
    }
    ${renderHandoverFailure(props)}
  </div>`;
}

export function describeHandover({ at, by, kind, channel }: NonNullable<Session['handed_over']>): TemplateResult {
  const date = html`<bdi>${formatDate(at)}</bdi>`;
  const name = by.name ?? by.id;
  if (!name) return strings.handedOverByUnknown[kind](date);
  const key = channel === 'mail' ? (`${kind} mail` as const) : kind;
  return strings.handedOverBy[key](html`<bdi class="inline">${name}</bdi>`, date);
}

function renderActions(
  { collection, session, link, assessment, config }: ShareLinkProps,
  kind: Handover['kind'],
  isPrimary: boolean,
): TemplateResult {
  const { candidate_name: name } = session;
  const { text, mailto } = buildCandidateMessage(kind, session, link, assessment, config);
  const isReminder = kind === 'reminder';
  const record = (channel: Handover['channel']) => () =>
    void recordHandover(collection, session.session_uuid, { kind, channel });
  return html`<div class="actions">
    ${renderCopyButton({
      text: isReminder ? strings.copyReminder : strings.copyMessage,
      label: isReminder ? strings.copyReminderLabel(name) : strings.copyMessageLabel(name),
      content: text,
      isPrimary,
      onCopied: record('message'),
    })}
    ${renderCopyButton({
      text: strings.copyLink,
      label: strings.copyLinkLabel(name),
      content: link,
      onCopied: record('link'),
    })}
    <a
      part="mail-link"
      aria-label=${isReminder ? strings.openReminderInMailLabel(name) : strings.openInMailLabel(name)}
      href=${mailto}
      @click=${record('mail')}
      >${strings.openInMail}</a
    >
  </div>`;
}

function renderHandoverFailure({ collection, session }: ShareLinkProps): TemplateResult | typeof nothing {
  if (!hasHandoverFailed(collection, session.session_uuid)) return nothing;
  return html`<p class="failed" part="problem">${strings.handoverNotSaved}</p>`;
}

/** Whether the link is in the ATS, or the proxy is about to write it. */
function isInAts({ ats_writes }: Session): boolean | undefined {
  return ats_writes?.some(({ content, state }) => content === 'link' && (state === 'saved' || state === 'saving'));
}
