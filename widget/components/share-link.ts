/** The buttons that share the candidate's link: copy a message, copy the link, open the mail program. */
import { html, type TemplateResult } from 'lit';
import type { ClientConfig, Session } from '../api/parse.ts';
import * as strings from '../strings/en/session-details.ts';
import { renderCopyButton } from './copy-button.ts';

/** Every operating system accepts a `mailto:` URL of this length. */
const MAX_MAILTO_LENGTH = 2_000;

/** @param link the session's `candidate_url` */
export function renderShareLink(
  session: Session,
  link: string,
  assessment: string,
  config: ClientConfig,
): TemplateResult {
  const { candidate_name: name, status } = session;
  const { message, mailto } = buildMessage(session, link, assessment, config);
  return html`<div class="rows" part="share">
    <p>${status === 'invited' ? describeDelivery(session, config) : strings.resultPending}</p>
    <div class="actions">
      ${renderCopyButton({
        text: strings.copyMessage,
        label: strings.copyMessageLabel(name),
        content: message,
        isPrimary: status === 'invited' && config.delivery === 'copy',
      })}
      ${renderCopyButton({ text: strings.copyLink, label: strings.copyLinkLabel(name), content: link })}
      <a part="mail-link" aria-label=${strings.openInMailLabel(name)} href=${mailto}>${strings.openInMail}</a>
    </div>
  </div>`;
}

function describeDelivery({ candidate_name, candidate_email }: Session, { delivery }: ClientConfig): TemplateResult {
  if (delivery === 'evalon') return strings.sentByEvalon(candidate_email);
  return delivery === 'ats' ? strings.sentByAts(candidate_name) : strings.sendYourself(candidate_name);
}

/** Fills the configured templates. A message that is too long for a `mailto:` URL is replaced by the link. */
function buildMessage(
  { candidate_name: name, candidate_email: email }: Session,
  link: string,
  assessment: string,
  { invite_message, invite_subject }: ClientConfig,
): { message: string; mailto: string } {
  const values: Record<string, string> = { name, link, assessment };
  const fill = (template = '') => template.replace(/\{(name|link|assessment)\}/g, (_, key) => values[key] ?? '');
  const message = fill(invite_message) || link;
  const mailtos = [message, link].map((body) => buildMailto(email, fill(invite_subject), body));
  const mailto = mailtos.find(({ length }) => length < MAX_MAILTO_LENGTH) ?? `mailto:${encodeURIComponent(email)}`;
  return { message, mailto };
}

/** Mail programs do not decode "+" as a space. */
function buildMailto(email: string, subject: string, text: string): string {
  const parameters = new URLSearchParams({ subject, body: text.replaceAll('\n', '\r\n') });
  return `mailto:${encodeURIComponent(email)}?${parameters}`.replaceAll('+', '%20');
}
