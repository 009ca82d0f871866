/** A row of the inbox: one button with the candidate, the status, the assessment and the time. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import { newBadge } from '../../strings/en/inbox.ts';

export interface InboxRowProps {
  /** The name of the assessment. */
  label: string;
  timeText: string;
  isNew: boolean;
  onSelect: () => void;
}

export function renderInboxRow(session: Session, { label, timeText, isNew, onSelect }: InboxRowProps): TemplateResult {
  return html`<button part="row" id=${session.session_uuid} @click=${onSelect}>
    <span class="who">
      <b part="candidate"><bdi>${session.candidate_name}</bdi></b>
      ${isNew ? html`<span class="chip invited" part="new">${newBadge}</span>` : nothing}
    </span>
    ${renderChip(session, { withScore: true })} <small><bdi>${label}</bdi>, <bdi>${timeText}</bdi></small>
  </button>`;
}
