/** A row of the inbox: who it is, what happened and when; all of it is one button that leads there. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import * as say from '../../strings/en/inbox.ts';

export interface InboxRowProps {
  /** What the assessment is called. */
  label: string;
  timeText: string;
  isNew: boolean;
  onSelect: () => void;
}

export function renderInboxRow(
  session: Session,
  { label, timeText: when, isNew, onSelect: open }: InboxRowProps,
): TemplateResult {
  return html`<button part="row" id=${session.session_uuid} @click=${open}>
    <span class="who">
      <b part="candidate"><bdi>${session.candidate_name}</bdi></b>
      ${isNew ? html`<span class="chip invited" part="new">${say.newBadge}</span>` : nothing}
    </span>
    ${renderChip(session, true)} <small><bdi>${label}</bdi>, <bdi>${when}</bdi></small>
  </button>`;
}
