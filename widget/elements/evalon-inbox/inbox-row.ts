/** A row of the inbox: a button that opens the candidate, and the reminder of a candidate who has not finished. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import { renderChip } from '../../components/chip.ts';
import { newBadge, showReminder, showReminderLabel } from '../../strings/en/inbox.ts';

export interface InboxRowProps {
  /** The name of the assessment. */
  label: string;
  timeText: string;
  isNew: boolean;
  /** Undefined if the recruiter cannot remind the candidate now. */
  reminder: { isOpen: boolean; toggle: () => void } | undefined;
  /** Shown below the row: who last passed the link on, or the buttons to do so. */
  details: TemplateResult | typeof nothing;
  onSelect: () => void;
}

export function renderInboxRow(session: Session, props: InboxRowProps): TemplateResult {
  const { label, timeText, isNew, reminder, details, onSelect } = props;
  const { session_uuid, candidate_name } = session;
  return html`<li class=${reminder ? 'remindable' : ''}>
    <button part="row" id=${session_uuid} @click=${onSelect}>
      <span class="who">
        <b part="candidate"><bdi>${candidate_name}</bdi></b>
        ${isNew ? html`<span class="badge" part="new">${newBadge}</span>` : nothing}
      </span>
      <span class="what" part="assessment"><bdi>${label}</bdi></span>
      <span class="status">${renderChip(session, { withScore: true })}</span>
      <span class="when" part="time"><bdi>${timeText}</bdi></span>
    </button>
    ${
      reminder
        ? html`<button
            part="remind-button"
            aria-expanded=${reminder.isOpen}
            aria-label=${showReminderLabel(candidate_name)}
            @click=${reminder.toggle}
            >${showReminder}</button
          >`
        : nothing
    }
    ${details === nothing ? nothing : html`<div class="details">${details}</div>`}
  </li>`;
}
