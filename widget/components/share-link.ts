/**
 * The buttons to share the candidate's link or to remind the candidate: copy a message, copy the link, open the mail
 * program. Shows who passed the link on, and records when the recruiter does.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Handover } from '../../proxy/contract/session.ts';
import type { ClientConfig, Session } from '../api/parse.ts';
import { resultPending } from '../strings/en/common.ts';
import * as strings from '../strings/en/share-link.ts';
import { hasHandoverFailed, recordHandover } from '../sync/handovers.ts';
import type { LiveCollection } from '../sync/live-collection.ts';
import { isReminderDue } from '../sync/reminders.ts';
import { buildCandidateMessage } from './candidate-messages.ts';
import { renderCopyButton } from './copy-button.ts';

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
  const { session, config } = props;
  const { status, handed_over } = session;
  const isInvited = status === 'invited';
  const isSentByEvalon = config.delivery === 'evalon';
  const isUnsent = isInvited && !handed_over && !isSentByEvalon && !isInAts(session);
  const showsHandover = handed_over && (isInvited || handed_over.kind === 'reminder');
  const showsReminder = handed_over?.kind === 'reminder' || isDue(props);
  const lines = [
    isUnsent && strings.sendYourself(session.candidate_name),
    isInvited ? isSentByEvalon && strings.sentByEvalon(session.candidate_email) : !isDue(props) && resultPending,
  ];
  return html`<div class="rows" part="share">
    ${lines.map((line) => (line ? html`<p>${line}</p>` : nothing))}
    ${showsHandover ? html`<p part="handover">${strings.handedOver(handed_over)}</p>` : nothing}
    ${isUnsent || !showsReminder ? renderInviteActions(props, isUnsent) : nothing}
    ${showsReminder ? renderReminder(props, isUnsent) : nothing}
    ${renderFailure(props)}
  </div>`;
}

/**
 * The reminder with its buttons. After a reminder, the buttons stay for the next one.
 * @param isUnsent whether no recruiter has passed the link on, as far as the proxy knows
 */
export function renderReminder(props: ShareLinkProps, isUnsent = false): TemplateResult {
  const { session, collection } = props;
  const [copyButton, mailLink] = renderMessageActions(props, 'reminder', !isUnsent && isDue(props));
  const sentence = isUnsent ? strings.sentAnotherWay : strings.sendReminder(session, collection.clock.now());
  return html`<div class="rows" part="reminder">
    ${isDue(props) ? html`<p>${sentence}</p>` : nothing}
    <div class="actions">
      ${copyButton} ${isUnsent ? nothing : renderLinkButton(props, 'reminder')} ${mailLink}
    </div>
  </div>`;
}

function isDue({ collection, session }: ShareLinkProps): boolean {
  return isReminderDue(session, collection.clock.now());
}

function renderInviteActions(props: ShareLinkProps, isPrimary: boolean): TemplateResult {
  const [copyButton, mailLink] = renderMessageActions(props, 'invite', isPrimary);
  return html`<div class="actions">${copyButton} ${renderLinkButton(props, 'invite')} ${mailLink}</div>`;
}

/** Returns the copy button and the mail link. */
function renderMessageActions(
  { collection, session, link, assessment, config }: ShareLinkProps,
  kind: Handover['kind'],
  isPrimary: boolean,
): [copyButton: TemplateResult, mailLink: TemplateResult] {
  const { candidate_name: name } = session;
  const { text, mailto } = buildCandidateMessage(kind, session, link, assessment, config);
  const isReminder = kind === 'reminder';
  const record = (channel: Handover['channel']) => () =>
    void recordHandover(collection, session.session_uuid, { kind, channel });
  return [
    renderCopyButton({
      text: isReminder ? strings.copyReminder : strings.copyMessage,
      label: isReminder ? strings.copyReminderLabel(name) : strings.copyMessageLabel(name),
      content: text,
      isPrimary,
      onCopied: record('message'),
    }),
    html`<a
      part="mail-link"
      aria-label=${isReminder ? strings.openReminderInMailLabel(name) : strings.openInMailLabel(name)}
      href=${mailto}
      @click=${record('mail')}
      >${strings.openInMail}</a
    >`,
  ];
}

function renderLinkButton({ collection, session, link }: ShareLinkProps, kind: Handover['kind']): TemplateResult {
  return renderCopyButton({
    text: strings.copyLink,
    label: strings.copyLinkLabel(session.candidate_name),
    content: link,
    onCopied: () => void recordHandover(collection, session.session_uuid, { kind, channel: 'link' }),
  });
}

function renderFailure({ collection, session }: ShareLinkProps): TemplateResult | typeof nothing {
  if (!hasHandoverFailed(collection, session.session_uuid)) return nothing;
  return html`<p class="failed" part="problem">${strings.handoverNotSaved}</p>`;
}

/** Whether the ATS has the link, or will get it. */
function isInAts({ ats_writes }: Session): boolean | undefined {
  return ats_writes?.some(({ content, state }) => content === 'link' && /^sav/.test(`${state}`));
}
