/**
 * Every word that a recruiter or a developer reads, in English. What stands in a visible sentence and was written by
 * others is isolated, so that its direction cannot turn the words around it. No full stop follows it: it could begin a line.
 */
import { html, type TemplateResult } from 'lit/html.js';
import type { Session } from '../state/answers.ts';
import type { WidgetProblem } from '../state/problem.ts';
import { readable } from '../state/readable.ts';

const locale = navigator.languages.find((language) => /^en\b/i.test(language)) ?? 'en';
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });

/** Where the proxy could not speak for itself. */
const PROBLEM: Record<string, string> = {
  no_token: 'You are not signed in. Reload the page.',
  unreachable: 'Assessments cannot be reached. Check your connection, then retry.',
};

export const title = 'Assessments';
export const loading = 'Loading assessments…';
export const notInvited = 'Not invited';
export const mayNotInvite = 'You may not invite. Ask your IT team.';
export const checking = 'Checking result…\u200e';
export const invite = 'Invite';
export const unavailable = 'Result unavailable';
export const noResult = 'Evalon has had no result for a day. Ask your Evalon administrator.';
export const inviting = 'Inviting…';
export const inviteAgain = 'Invite again';
export const retry = 'Retry';
export const more = 'Copy or print';
export const none = 'No assessments here yet. Ask your IT team.';
export const denied = 'You may not see this candidate’s assessments. Ask your IT team.';
export const offline = 'You are offline.';
export const reconnecting = 'Reconnecting…';
export const copyMessage = 'Copy message';
export const copyLink = 'Copy link';
export const openInMail = 'Open in mail';
export const copied = 'Copied';
export const scorecard = 'Scorecard';
export const overall = 'Overall';
export const summary = 'Evalon’s summary';
export const notReady = 'Nothing to do now: the result will appear here.';
export const gone = 'This assessment is no longer available.';
export const properProxyUrl = 'a proxy-url that is an address';
export const stillEnded =
  'Evalon returned the same ended session. Have it removed in Evalon’s dashboard, then invite again.';

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

/** An accessible name: what is seen, and whom or what it is about. */
export function about(seen: string, whom: string): string {
  return `${seen}: ${whom}`;
}

/** The accessible name of an invite button: begins with "Invite" and holds what is seen on it. */
export function inviteName(name: string, label: string, visible: string): string {
  const whole = `Invite ${name} to ${label}`;
  return visible === invite ? whole : about(whole, visible);
}

export function delivery(how: 'evalon' | 'copy' | 'ats', name: string, email: string): TemplateResult {
  if (how === 'evalon') return html`Sent by Evalon to <bdi>${email}</bdi>`;
  return how === 'ats'
    ? html`Your ATS passes the link on to <bdi>${name}</bdi>`
    : html`Nothing is mailed for you: pass the link on to <bdi>${name}</bdi>`;
}

export function ended(mayInviteAgain: unknown): string {
  return `It ended without a result.${mayInviteAgain ? ' Invite again to ask for a new link.' : ''}`;
}

export function blocked(labels: string[], held: string): TemplateResult {
  return html`Not available beside <bdi>${held}</bdi> (one per person and project): <bdi>${labels.join(', ')}</bdi>`;
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

/** Since when it is what it is: only the invite and the end have a time that is known. */
export function since({ status, invited_at, completed_at }: Session, elsewhere = false): string {
  const finished = status === 'completed' && completed_at;
  return `${elsewhere ? 'Another project,' : finished ? 'Finished' : 'Invite from'} ${date(finished || invited_at)}`;
}

export function date(iso: string): string {
  const at = Date.parse(iso);
  return at ? day.format(at) : '';
}

/** "88", or "7/10" where 100 is not the most that can be had. */
export function score(value: number | null, max = 100): string {
  if (value === null) return '–';
  return number.format(value) + (max === 100 ? '' : `/${number.format(max)}`);
}

export function scoreOf(value: number | null, max: number): string {
  return value === null ? 'No score' : `${number.format(value)} of ${number.format(max)}`;
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
