/**
 * Every word that a recruiter or a developer reads, in English. What stands in a visible sentence and was written by
 * others is isolated, so that its direction cannot turn the words around it. No full stop follows it: it could begin a line.
 */
import { html, type TemplateResult } from 'lit';
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';

const locale = navigator.languages.find((language) => /^en\b/i.test(language)) ?? 'en';

/** Where the proxy could not speak for itself. */
const PROBLEM: Record<string, string> = {
  no_token: 'You are not signed in. Reload the page, or retry.',
  unreachable: 'Assessments cannot be reached. Check your connection.',
};

export const noAssessments = 'Nothing is set up. Ask your IT team.';
export const removeEndedFirst = 'Ask your IT team to remove this ended one first, then invite again.';
export const resultOverdue = 'Finished over a day ago, and no result. Tell your IT team.';
export const panelTitle = 'Assessments';
export const loading = 'Loading…';
export const notInvited = 'Not invited';
export const noInvitePermission = 'You have no permission to invite. Ask your IT team.';
export const checkingResult = 'Checking result…\u200e';
export const invite = 'Invite';
export const resultUnavailable = 'Result unavailable';
export const inviteAgain = 'Invite again';
export const retry = 'Retry';
export const copyOrPrint = 'Copy or print';
export const noViewPermission = 'You have no permission to see this candidate. Ask your IT team.';
export const offline = 'You are offline.';
export const reconnecting = 'Reconnecting…';
export const copyMessage = 'Copy message';
export const copyLink = 'Copy link';
export const openInMail = 'Open in mail';
export const copied = 'Copied';
export const scorecardTitle = 'Scorecard';
export const overallHeading = 'Overall';
export const summaryHeading = 'Evalon’s summary';
export const resultPending = 'Nothing to do now: the result will appear here.';
export const assessmentErased = 'This assessment was erased. Nothing to do.';
export const validProxyUrl = 'a proxy-url that is an address';
export const noResultExpected = 'There will be no result.';

export function describeProblem({ code, details: facts }: WidgetProblem): string {
  return facts.detail ?? PROBLEM[code] ?? 'Something went wrong.';
}

/** For the recruiter to pass on to IT. */
export function referenceLine(id: string): string {
  return `Reference: ${id}`;
}

export function inviteTo(label: string): string {
  return `Invite to assessment: ${label}`;
}

/** What a button says that says `text`, while that is done and after it has failed. */
export function inviteProgress(text: string, failed: unknown): string {
  return text.replace(invite, failed ? 'Retry invite' : 'Inviting');
}

/** An accessible name: what is seen, and whom or what it is about. */
export function withSubject(seen: string, whom: string): string {
  return `${seen}: ${whom}`;
}

/** The accessible name of an invite button: begins with "Invite" and holds what is seen on it. */
export function inviteAccessibleName(name: string, label: string, visible: string): string {
  const whole = `Invite ${name} to ${label}`;
  return visible === invite ? whole : withSubject(whole, visible);
}

export function deliveryHint(how: 'evalon' | 'copy' | 'ats', name: string, email: string): TemplateResult {
  if (how === 'evalon') return html`Nothing to do now: sent by Evalon to <bdi>${email}</bdi>`;
  return how === 'ats'
    ? html`Nothing to do now: this system passes the link on to <bdi>${name}</bdi>`
    : html`Nothing is mailed: pass the link on to <bdi>${name}</bdi>`;
}

export function oneAssessmentPerProject(labels: string[], held: string): TemplateResult {
  return html`<bdi>${labels.join(', ')}</bdi> cannot be added: a project has one assessment per person, here <bdi>${held}</bdi>`;
}

/** Where the name alone could be taken for a judgement of the person, or for a step of the ATS. */
const STATUS: Record<string, string> = {
  declined: 'Candidate declined',
  failed: 'Ended without result',
  submitted: 'Answers submitted',
};

/** Else statuses and events are called by their names, also those that this version does not know. */
export function statusLabel(name: string): string {
  return STATUS[name] ?? humanize(name);
}

export function latestActivity(event: string): string {
  return `Latest activity: ${humanize(event.replace('session.', ''))}`;
}

export function lastUpdated(milliseconds: number): string {
  return `Updated in the last ${Math.floor(milliseconds / 60_000) + 1} min`;
}

/** Since when it is what it is: only the invite and the end have a time that is known. */
export function sessionDate({ status, invited_at, completed_at }: Session, elsewhere = false): string {
  const finished = status === 'completed' && completed_at;
  return `${elsewhere ? 'Another project,' : finished ? 'Finished' : 'Invite from'} ${formatDate(finished || invited_at)}`;
}

export function formatDate(iso: string): string {
  const at = Date.parse(iso);
  return at ? new Date(at).toLocaleDateString(locale, { dateStyle: 'medium' }) : '';
}

/** With one decimal at most. What `Intl` needs is loaded by the browser then and not before: that takes it 30 ms. */
const rounded = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });

/** "88", or "7/10" where 100 is not the most that can be had. */
export function formatScore(value: number | null, max = 100): string {
  if (value === null) return '–';
  return rounded(value) + (max === 100 ? '' : `/${rounded(max)}`);
}

export function scoreAccessibleName(value: number | null, max: number): string {
  return value === null ? 'No score' : `${rounded(value)} of ${rounded(max)}`;
}

/** What is said aloud when a status changes. */
export function statusAnnouncement(
  name: string,
  label: string,
  state: string,
  overallScore: number | undefined,
): string {
  return `${name}, ${label}: ${statusLabel(state)}${overallScore === undefined ? '' : `, overall ${formatScore(overallScore)}`}`;
}

export function missingAttributes(tag: string, needs: string[]): string {
  return `Tell your IT team: the page’s <${tag}> needs ${needs.join(', ')}.`;
}

/** Of an environment other than production. */
export function testEnvironment(name: string): string {
  return withSubject('Test system, no real candidates', name);
}

export function missingProjectId(types: string[]): string {
  return `a project-id for ${types.join(', ')}`;
}
