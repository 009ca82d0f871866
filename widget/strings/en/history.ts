/** English text for a session's history. */
import { html, type TemplateResult } from 'lit';
import { humanize } from '../humanize.ts';
import { formatScore, statusLabel } from './common.ts';

export const noHistory = 'Nothing has been recorded yet.';

/** Keyed by type. Handovers and reminders are keyed by type and channel. */
const EVENTS: Record<string, string> = {
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

/** Keyed by type. Handovers and reminders are keyed by type and channel. */
const EVENTS_BY: Record<string, (recruiter: TemplateResult) => TemplateResult> = {
  invited: (recruiter) => html`Invited by ${recruiter}`,
  'handover message': (recruiter) => html`Message copied by ${recruiter}`,
  'handover link': (recruiter) => html`Link copied by ${recruiter}`,
  'handover mail': (recruiter) => html`Mail draft opened by ${recruiter}`,
  'reminder message': (recruiter) => html`Reminder copied by ${recruiter}`,
  'reminder link': (recruiter) => html`Link copied for a reminder by ${recruiter}`,
  'reminder mail': (recruiter) => html`Reminder draft opened by ${recruiter}`,
  result_read: (recruiter) => html`Result read by ${recruiter}`,
};

export interface HistoryEvent {
  type: string;
  channel?: string;
  by?: string | undefined;
  overall?: number | undefined;
}

export function describeEvent({ type, channel, by, overall }: HistoryEvent): TemplateResult | string {
  if (overall !== undefined && type === 'completed') return `Completed, overall ${formatScore(overall)}`;
  if (overall !== undefined && type === 'regraded') return `Result updated, overall ${formatScore(overall)}`;
  if (type === 'regraded') return 'Result updated';
  const key = channel ? `${type} ${channel}` : type;
  if (by && Object.hasOwn(EVENTS_BY, key)) return EVENTS_BY[key]?.(html`<bdi>${by}</bdi>`) ?? humanize(type);
  return Object.hasOwn(EVENTS, key) ? (EVENTS[key] ?? humanize(type)) : statusLabel(type);
}
