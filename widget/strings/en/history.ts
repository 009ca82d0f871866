/** English text for a session's history. */
import { html, type TemplateResult } from 'lit';

export const noHistory = 'Nothing has been recorded yet.';
export const historyFailed = "The history couldn't be loaded.";
export const resultUpdated = 'Result updated';

export function completedWithScore(score: string): string {
  return `Completed, overall ${score}`;
}

export function updatedWithScore(score: string): string {
  return `Result updated, overall ${score}`;
}

/** Keyed by type. Handovers and reminders are keyed by type and channel. */
export const events = {
  invited: 'Invited',
  opened: 'Link opened',
  started: 'Started',
  submitted: 'Answers submitted',
  'handover message': 'Message copied',
  'handover link': 'Link copied',
  'handover mail': 'Mail draft opened',
  'reminder message': 'Reminder copied',
  'reminder link': 'Link copied for a reminder',
  'reminder mail': 'Reminder draft opened',
  result_read: 'Result read',
};

/** Keyed like `events`. */
export const eventsBy = {
  invited: (recruiter: TemplateResult) => html`Invited by ${recruiter}`,
  'handover message': (recruiter: TemplateResult) => html`Message copied by ${recruiter}`,
  'handover link': (recruiter: TemplateResult) => html`Link copied by ${recruiter}`,
  'handover mail': (recruiter: TemplateResult) => html`Mail draft opened by ${recruiter}`,
  'reminder message': (recruiter: TemplateResult) => html`Reminder copied by ${recruiter}`,
  'reminder link': (recruiter: TemplateResult) => html`Link copied for a reminder by ${recruiter}`,
  'reminder mail': (recruiter: TemplateResult) => html`Reminder draft opened by ${recruiter}`,
  result_read: (recruiter: TemplateResult) => html`Result read by ${recruiter}`,
};
