/** English text that few sessions need: about the ATS, and about a missing link. It loads on demand. */
import { html, type TemplateResult } from 'lit';
import { formatRecentTime } from './time.ts';

export const linkProblem = 'Evalon returned no usable link for the candidate. Contact IT.';
export const linkProblemInviteAgain =
  'Evalon returned no usable link for the candidate. Invite again. If that fails too, contact IT.';

export interface AtsWriteFacts {
  /** The ATS's name. */
  label: string;
  state: string;
  at: string;
  problem: string | undefined;
  /** The candidate's name. */
  name: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** The news is what happened to the session: the invite, the result, or an end without a result. */
export function describeNewsWrite({ label, state, at, problem, name, now }: AtsWriteFacts): TemplateResult {
  const ats = html`<bdi>${label}</bdi>`;
  if (state === 'saved') return html`Saved to ${ats}, ${formatRecentTime(at, now)}`;
  if (state === 'saving') return describeSaving(ats, problem);
  switch (problem) {
    case 'email_differs':
      return html`Not saved to ${ats}: <bdi>${name}</bdi> has another email there. Check that it's the same person, then contact IT.`;
    case 'application_missing':
      return html`Not saved to ${ats}: the application no longer exists there.`;
    case 'credentials':
      return html`Not saved to ${ats}: it doesn't let your company's key write. Contact IT.`;
    case 'refused':
      return html`Not saved to ${ats}: it refused the entry. Contact IT.`;
    case 'unavailable':
      return html`Not saved to ${ats}: it didn't respond for several hours. Contact IT.`;
    case 'rate_limited':
      return html`Not saved to ${ats}: it has been busy for days. Contact IT.`;
    case 'not_configured':
      return html`Not saved to ${ats}: IT has turned this off.`;
    default:
      return html`Not saved to ${ats}. Contact IT.`;
  }
}

function describeSaving(ats: TemplateResult, problem: string | undefined): TemplateResult {
  switch (problem) {
    case undefined:
      return html`Saving to ${ats}…`;
    case 'rate_limited':
      return html`${ats} is busy. Saving will be retried automatically.`;
    case 'credentials':
      return html`${ats} doesn't let your company's key write. Contact IT.`;
    default:
      return html`${ats} isn't responding. Saving will be retried automatically.`;
  }
}

/** The ATS emails the link to the candidate. */
export function describeLinkWrite({ label, state, at, problem, name, now }: AtsWriteFacts): TemplateResult {
  const ats = html`<bdi>${label}</bdi>`;
  if (state === 'saved') return html`Link handed to ${ats}, ${formatRecentTime(at, now)}`;
  if (state === 'saving') return describeHandingOver(ats, problem);
  switch (problem) {
    case 'email_differs':
      return html`${ats} didn't get the link: <bdi>${name}</bdi> has another email there. Check that it's the same person.`;
    case 'application_missing':
      return html`${ats} didn't get the link: the application no longer exists there.`;
    case 'credentials':
      return html`${ats} didn't get the link: it doesn't let your company's key write. Contact IT.`;
    case 'refused':
      return html`${ats} didn't get the link: it refused the entry. Contact IT.`;
    case 'unavailable':
      return html`${ats} didn't get the link: it didn't respond for several hours. Contact IT.`;
    case 'rate_limited':
      return html`${ats} didn't get the link: it has been busy for days. Contact IT.`;
    case 'not_configured':
      return html`${ats} didn't get the link: IT has turned this off.`;
    default:
      return html`${ats} didn't get the link. Contact IT.`;
  }
}

function describeHandingOver(ats: TemplateResult, problem: string | undefined): TemplateResult {
  switch (problem) {
    case undefined:
      return html`Handing the link to ${ats}…`;
    case 'rate_limited':
      return html`${ats} is busy and doesn't have the link yet. This will be retried automatically.`;
    case 'credentials':
      return html`${ats} doesn't let your company's key write, so it doesn't have the link yet. Contact IT.`;
    default:
      return html`${ats} isn't responding and doesn't have the link yet. This will be retried automatically.`;
  }
}
