/**
 * English text that every element and the extension's background script may need. Imports no Lit, which needs a
 * document.
 */
import type { WidgetProblem } from '../../api/errors.ts';
import type { Session } from '../../api/parse.ts';
import { humanize } from '../humanize.ts';

/** The language of this folder. */
export const locale = 'en';
/** The direction of the text, if it is not from left to right. */
export const direction: 'rtl' | '' = '';

export const panelTitle = 'Assessments';
export const loading = 'Loading…';
export const retry = 'Retry';
export const reconnecting = 'Reconnecting…';
export const offline = "You're offline.";
export const noAssessments = 'No assessments are set up. Contact IT.';
export const noInvitePermission = "You don't have permission to invite candidates. Contact IT.";
export const noViewPermission = "You don't have permission to see this candidate. Contact IT.";
export const notInvited = 'Not invited';
/** The direction mark keeps the ellipsis at the end of the chip on a right-to-left page. */
export const checkingResult = 'Checking result…\u200e';
export const resultUnavailable = 'Result unavailable';
export const waitingForEvalon = 'Waiting for Evalon';
export const resultPending = 'The result will appear here.';
/** The name of an assessment whose type is unknown. */
export const unknownAssessment = 'Assessment';
export const assessmentErased = 'This assessment was erased.';
export const copied = 'Copied';

/** For problems without a sentence from the proxy. */
const PROBLEMS: Record<string, string> = {
  no_token: "You're not signed in. Reload the page or try again.",
  page_conflict: 'Another script on this page is blocking the widget. Contact IT.',
  unreachable: "Can't reach the assessment server. Check your connection.",
};

export function describeProblem({ code, details }: WidgetProblem): string {
  return details.detail ?? PROBLEMS[code] ?? 'Something went wrong. Try again.';
}

export function reference(id: string): string {
  return `Reference: ${id}`;
}

export function testEnvironment(name: string): string {
  return `${humanize(name)} · test data`;
}

/** The visible text of an invite button, by the state of the invite. */
export interface InviteButtonText {
  idle: string;
  sending: string;
  failed: string;
}

export const invite: InviteButtonText = { idle: 'Invite', sending: 'Inviting…', failed: 'Retry invite' };

export const inviteAgain: InviteButtonText = {
  idle: 'Invite again',
  sending: 'Inviting again…',
  failed: 'Retry invite',
};

export function inviteTo(assessment: string): InviteButtonText {
  return {
    idle: `Invite to ${assessment}`,
    sending: `Inviting to ${assessment}…`,
    failed: `Retry invite to ${assessment}`,
  };
}

/** An accessible name begins with "Invite" and contains the visible text. */
export function inviteLabel({ name, assessment, text }: { name: string; assessment: string; text: string }): string {
  return text === invite.idle ? `Invite ${name} to ${assessment}` : `Invite ${name} to ${assessment}: ${text}`;
}

export function panelLabel(name: string): string {
  return `Assessments: ${name}`;
}

/** For statuses whose name could be mistaken for a verdict on the candidate or for a step in the ATS. */
const STATUSES: Record<string, string> = {
  declined: 'Candidate declined',
  failed: 'Ended without result',
  submitted: 'Answers submitted',
};

/** Also names statuses that this version does not know. */
export function statusLabel(status: string): string {
  return STATUSES[status] ?? humanize(status);
}

/** @param ms milliseconds since the last update */
export function lastUpdated(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'Last updated less than a minute ago.';
  return minutes === 1 ? 'Last updated 1 minute ago.' : `Last updated ${minutes} minutes ago.`;
}

export function inviteDate({ invited_at }: Session): string {
  return `Invited ${formatDate(invited_at)}`;
}

/** The date of the completion, or else of the invite. The other statuses have no date of their own. */
export function sessionDate(session: Session): string {
  const { status, completed_at } = session;
  return status === 'completed' && completed_at ? `Completed ${formatDate(completed_at)}` : inviteDate(session);
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Does not use `Intl`, which takes a slow machine 100 ms to load, before the first paint. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '' : `${MONTHS[date.getMonth()]} ${date.getDate()}, ${date.getFullYear()}`;
}

/** Rounds to one decimal. */
export function formatNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** "88", or "7/10" if the maximum is known and not 100. */
export function formatScore(value: number | null, max: number | null = null): string {
  if (value === null) return '–';
  return max === null || max === 100 ? formatNumber(value) : `${formatNumber(value)}/${formatNumber(max)}`;
}

export function statusAnnouncement({ candidate_name, status, score_summary }: Session, assessment: string): string {
  const text = `${candidate_name}, ${assessment}: ${statusLabel(status)}`;
  const overall = score_summary?.overall;
  return overall === undefined ? text : `${text}, overall ${formatScore(overall)}`;
}

/** For a page that IT has to correct. */
function describeSetup(tag: string, need: string): string {
  return `This page isn't set up correctly. Contact IT: <${tag}> needs ${need}.`;
}

export function missingAttributes(tag: string, names: string[]): string {
  return describeSetup(tag, names.join(', '));
}

export function invalidProxyUrl(tag: string): string {
  return describeSetup(tag, 'a valid proxy-url');
}

export function unknownTypes(tag: string, types: string[]): string {
  return describeSetup(tag, `known assessment types, not ${types.join(', ')}`);
}

export function missingProjectId(tag: string, types: string[]): string {
  return describeSetup(tag, `a project-id for ${types.join(', ')}`);
}
