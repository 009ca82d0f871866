/**
 * Every word that a recruiter or a developer reads, in English. What stands in the middle of a visible sentence and was
 * written by others is isolated, so that its direction cannot turn the words around it.
 */
import { html, type TemplateResult } from 'lit/html.js';
import type { WidgetProblem } from '../state/problem.ts';
import { readable } from '../state/readable.ts';

const locale = navigator.languages.find((language) => /^en\b/i.test(language)) ?? 'en';
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** Where the proxy could not speak for itself. */
const PROBLEM: Record<string, string> = {
  no_token: 'You could not be signed in. Reload the page, or sign in again.',
  unreachable: 'Assessments cannot be reached. Check your connection, then retry.',
};

export const title = 'Assessments';
export const loading = 'Loading assessments…';
export const notInvited = 'Not invited';
export const checking = 'Checking result…';
export const inviting = 'Inviting…';
export const inviteAgain = 'Invite again';
export const retry = 'Retry';
export const none = 'No assessments here yet.';
export const denied = 'You may not see this candidate’s assessments.';
export const offline = 'You are offline.';
export const copyMessage = 'Copy message';
export const copyLink = 'Copy link';
export const openInMail = 'Open in mail';
export const copied = 'Copied';
export const copyByHand = 'Copy this text:';
export const scorecard = 'Scorecard';
export const overall = 'Overall';
export const summary = 'Summary';
export const notReady = 'The result will appear here.';
export const ended = 'It ended without a result.';
export const gone = 'This assessment is no longer available.';
export const properProxyUrl = 'a proxy-url that is an address';
export const stillEnded =
  'Evalon returned the same ended session. Ask for it to be removed in Evalon’s dashboard, then invite again.';

export function problem({ code, facts }: WidgetProblem): string {
  return facts.detail ?? PROBLEM[code] ?? 'Something went wrong. Retry soon.';
}

/** For the recruiter to pass on to IT. */
export function reference(id: string): string {
  return `Reference: ${id}`;
}

export function inviteTo(label: string): string {
  return `Invite to ${label}`;
}

/** The accessible name of an invite button: begins with "Invite" and holds what is seen on it. */
export function inviteName(name: string, label: string, visible: string): string {
  const whole = `Invite ${name} to ${label}`;
  return visible === inviteTo(label) ? whole : `${whole}: ${visible}`;
}

export function delivery(how: 'evalon' | 'copy' | 'ats', name: string, email: string): TemplateResult {
  if (how === 'evalon') return html`Sent by Evalon to <bdi>${email}</bdi>.`;
  return how === 'ats'
    ? html`Your ATS passes the link on to <bdi>${name}</bdi>.`
    : html`Pass the link on to <bdi>${name}</bdi>: nothing is mailed for you.`;
}

/** What the recruiter can send along with the link. */
export function invitation(name: string, label: string, link: string): { subject: string; body: string } {
  return {
    subject: `Your ${label} assessment`,
    body: `Hello ${name},\n\nyou are invited to the ${label} assessment. Take it when it suits you:\n\n${link}\n\nThe link is for you alone.`,
  };
}

export function blocked(labels: string[], held: string): TemplateResult {
  return html`Not available: <bdi>${labels.join(', ')}</bdi>. Evalon keeps one assessment for each person and project, here <bdi>${held}</bdi>.`;
}

/** Statuses and events are called by their names, also those that this version does not know. */
export const status = readable;

export function activity(event: string): string {
  return `Latest activity: ${readable(event.replace('session.', ''))}`;
}

export function updatedAgo(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return `Updated ${seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} ago`;
}

export function date(iso: string): string {
  const at = Date.parse(iso);
  return at ? moment.format(at) : '';
}

/** "88", or "7/10" where 100 is not the most that can be had. */
export function score(value: number | null, max = 100): string {
  if (value === null) return '–';
  return number.format(value) + (max === 100 ? '' : `/${number.format(max)}`);
}

export function scoreOf(value: number | null, max: number): string {
  return value === null ? 'No score' : `${number.format(value)} of ${number.format(max)}`;
}

export function took(seconds: number): string {
  return `${Math.round(seconds)} s`;
}

/** What is said aloud when a status changes. */
export function announcement(name: string, label: string, state: string, overallScore: number | undefined): string {
  return `${name}, ${label}: ${readable(state)}${overallScore === undefined ? '' : `, overall ${score(overallScore)}`}`;
}

export function missing(tag: string, needs: string[]): string {
  return `<${tag}> needs ${needs.join(', ')}.`;
}

export function unplaced(types: string[]): string {
  return `a project-id for ${types.join(', ')}`;
}
