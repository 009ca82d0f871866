/** English text about the candidate's link: the buttons, who passed it on, and words of the messages to candidates. */
import { html, type TemplateResult } from 'lit';

export const copyMessage = 'Copy message';
export const copyLink = 'Copy link';
export const openInMail = 'Open in mail';
export const copyReminder = 'Copy reminder';
export const handoverNotSaved = "Couldn't save this for your colleagues. Copy the link again to retry.";

/** Words of a message in place of an unknown recruiter or company. */
export const hiringTeam = 'The hiring team';
export const hiringTeamInSentence = 'the hiring team';
export const ourCompany = 'Our company';
export const ourCompanyInSentence = 'our company';

export function readNotice(url: string): string {
  return `Please read this notice: ${url}`;
}

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon has sent the link to <bdi class="inline">${email}</bdi>.`;
}

export function sendLinkYourself(name: TemplateResult): TemplateResult {
  return html`${name} hasn't been emailed. Send the link yourself:`;
}

export function sendReminder(days: number, name: TemplateResult): TemplateResult {
  return html`No activity for ${days} days. Send ${name} a reminder:`;
}

/** @param days since the invite. No recruiter has copied the link, as far as the proxy knows. */
export function sendOverdueLink(days: number, name: TemplateResult): TemplateResult {
  return html`Invited ${days} days ago, but the link hasn't been copied. Send it to ${name}:`;
}

/** Who last passed the link on. Reminders and mail drafts have texts of their own. */
export const handedOverBy = {
  invite: (recruiter: TemplateResult, date: TemplateResult) => html`Link copied by ${recruiter}, ${date}`,
  'invite mail': (recruiter: TemplateResult, date: TemplateResult) => html`Mail draft opened by ${recruiter}, ${date}`,
  reminder: (recruiter: TemplateResult, date: TemplateResult) => html`Reminder copied by ${recruiter}, ${date}`,
  'reminder mail': (recruiter: TemplateResult, date: TemplateResult) =>
    html`Reminder draft opened by ${recruiter}, ${date}`,
};

/** For an unknown recruiter. */
export const handedOverByUnknown = {
  invite: (date: TemplateResult) => html`Link copied on ${date}`,
  reminder: (date: TemplateResult) => html`Reminder copied on ${date}`,
};

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
