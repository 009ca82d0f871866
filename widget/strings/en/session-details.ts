/**
 * English text of an invited candidate's session. It loads on demand. Text from others, such as a name, is isolated in
 * `<bdi>`, so that its direction cannot reorder the sentence. No full stop follows it, because the full stop could wrap to
 * the next line.
 */
import { html, type TemplateResult } from 'lit';
import { humanize } from '../humanize.ts';

export { endedWithoutResult, resultOverdue, resultPending } from './common.ts';

/** A new invite did not reopen the session. */
export const sameEndedSession =
  "Evalon returned the same ended session. Inviting again in this project won't help. Use another project, or contact Evalon's support.";
export const linkProblem = 'Evalon returned no usable link for the candidate. Contact IT.';
export const linkProblemInviteAgain =
  'Evalon returned no usable link for the candidate. Invite again. If that fails too, contact IT.';
export const copyMessage = 'Copy message';
export const copyLink = 'Copy link';
export const openInMail = 'Open in mail';

export function sentByEvalon(email: string): TemplateResult {
  return html`Evalon has sent the link to <bdi>${email}</bdi>`;
}

export function sentByAts(name: string): TemplateResult {
  return html`This system sends the link to <bdi>${name}</bdi>`;
}

export function sendYourself(name: string): TemplateResult {
  return html`<bdi>${name}</bdi> hasn't been emailed. Send the link yourself:`;
}

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Only one assessment per project. <bdi>${name}</bdi> already has <bdi>${held}</bdi>`;
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

export function latestActivity(event: string): string {
  return `Latest activity: ${humanize(event.replace('session.', ''))}`;
}
