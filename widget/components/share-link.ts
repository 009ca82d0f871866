/** Bringing the candidate's link to the candidate: as a message, as a bare link, or in the recruiter's own mail. */
import { html, type TemplateResult } from 'lit';
import type { ClientConfig, Session } from '../api/parse.ts';
import * as say from '../strings/en/common.ts';
import { renderCopyButton } from './copy-button.ts';

/** Characters of a `mailto:` that every system hands over to its mail program. */
const LONGEST = 2_000;

/** `link` is the session's own; what is said about it is no more than IT has told. */
export function renderShareLink(
  session: Session,
  link: string,
  assessment: string,
  offer: ClientConfig,
): TemplateResult {
  const { delivery, invite_message, invite_subject } = offer;
  const { candidate_name: name, candidate_email: email, status } = session;
  const places: Record<string, string> = { name, link, assessment };
  const fill = (text = '') => text.replace(/\{(name|link|assessment)\}/g, (_, place) => places[place] ?? '');
  const message = fill(invite_message) || link;
  const subject = fill(invite_subject);
  const mail = [message, link].map((body) => mailto(email, subject, body)).find(({ length }) => length < LONGEST);
  const urgent = status === 'invited' && delivery === 'copy';
  return html`<div class="rows" part="share">
    <p>${status === 'invited' ? say.deliveryHint(delivery, name, email) : say.resultPending}</p>
    <div class="actions">
      ${renderCopyButton(say.copyMessage, name, message, urgent ? 'primary' : '')} ${renderCopyButton(say.copyLink, name, link)}
      <a part="mail-link" aria-label=${say.withSubject(say.openInMail, name)} href=${mail ?? `mailto:${encodeURIComponent(email)}`}>${say.openInMail}</a>
    </div>
  </div>`;
}

/** A form's way to encode writes spaces as no mail program reads them. */
function mailto(email: string, subject: string, text: string): string {
  const parts = new URLSearchParams({ subject, body: text.replaceAll('\n', '\r\n') });
  return `mailto:${encodeURIComponent(email)}?${parts}`.replaceAll('+', '%20');
}
