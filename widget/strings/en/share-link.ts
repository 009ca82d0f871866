/** English text about the candidate's link: the buttons, who passed it on, and words of the messages to candidates. */
import { html, type TemplateResult } from 'lit';
import type { Session } from '../../api/parse.ts';
import { formatDate } from './common.ts';

const DAY_MS = 24 * 60 * 60_000;

export const copyMessage = 'Copy message';
export const copyLink = 'Copy link';
export const openInMail = 'Open in mail';
export const copyReminder = 'Copy reminder';
export const handoverNotSaved = "Couldn't save this for your colleagues. Copy the link again to retry.";

/** Words of a message in place of an unknown recruiter or company. */
export const team = 'The hiring team';
export const teamInSentence = 'the hiring team';
export const ourCompany = 'Our company';
export const ourCompanyInSentence = 'our company';

export function noticeAddress(url: string): string {
  return `Please read this notice: ${url}`;
}

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon has sent the link to <bdi class="end">${email}</bdi>.`;
}

export function sendYourself(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> hasn't been emailed. Send the link yourself:`;
}

/**
 * @param now milliseconds since 1970
 * @param isUnsent whether no recruiter has copied the link, as far as the proxy knows
 */
export function sendReminder({ candidate_name, updated_at }: Session, now: number, isUnsent: boolean): TemplateResult {
  const days = Math.floor((now - Date.parse(updated_at)) / DAY_MS);
  const name = html`<bdi>${candidate_name}</bdi>`;
  return isUnsent
    ? html`No activity for ${days} days, and the link hasn't been copied. Send ${name} a reminder:`
    : html`No activity for ${days} days. Send ${name} a reminder:`;
}

export function handedOver({ at, by, kind, channel }: NonNullable<Session['handed_over']>): TemplateResult {
  const date = html`<bdi>${formatDate(at)}</bdi>`;
  const name = by.name ?? by.id;
  const recruiter = html`<bdi class="end">${name}</bdi>`;
  if (kind === 'reminder') {
    if (!name) return html`Reminder sent on ${date}`;
    return channel === 'mail'
      ? html`Reminder draft opened by ${recruiter}, ${date}`
      : html`Reminder copied by ${recruiter}, ${date}`;
  }
  if (!name) return html`Link copied on ${date}`;
  return channel === 'mail'
    ? html`Mail draft opened by ${recruiter}, ${date}`
    : html`Link copied by ${recruiter}, ${date}`;
}

export function copyMessageLabel(name: string): string {
  return `Copy message: ${name}`;
}

export function copyLinkLabel(name: string): string {
  return `Copy link: ${name}`;
}

export function openInMailLabel(name: string): string {
  return `Open in mail: ${name}`;
}

export function copyReminderLabel(name: string): string {
  return `Copy reminder: ${name}`;
}

export function openReminderInMailLabel(name: string): string {
  return `Open in mail: reminder for ${name}`;
}
