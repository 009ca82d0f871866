/** A row of the inbox: who it is, what happened and when; all of it is one button that leads there. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Session } from '../../api/parse.ts';
import { chip } from '../../components/chip.ts';
import * as say from '../../strings/en/inbox.ts';

export interface InboxRow {
  /** What the assessment is called. */
  label: string;
  when: string;
  isNew: boolean;
  open: () => void;
}

export function inboxRow(session: Session, { label, when, isNew, open }: InboxRow): TemplateResult {
  return html`<button part="row" id=${session.session_uuid} @click=${open}>
    <span class="who">
      <b part="candidate"><bdi>${session.candidate_name}</bdi></b>
      ${isNew ? html`<span class="chip invited" part="new">${say.isNew}</span>` : nothing}
    </span>
    ${chip(session, true)} <small><bdi>${label}</bdi>, <bdi>${when}</bdi></small>
  </button>`;
}
