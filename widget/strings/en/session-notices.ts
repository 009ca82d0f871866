/**
 * English text that few sessions need: about the ATS, another assessment, and a missing link. It loads on demand. Text
 * from others, such as a name, is isolated in `<bdi>`, so that its direction cannot reorder the sentence. With the
 * class `inline`, a full stop after the `<bdi>` stays on its last line.
 */
import { html, type TemplateResult } from 'lit';

export function oneAssessmentPerProject({ name, held }: { name: string; held: string }): TemplateResult {
  return html`Only one assessment per project. <bdi>${name}</bdi> already has <bdi class="inline">${held}</bdi>.`;
}

export const linkProblem = 'Evalon returned no usable link for the candidate. Contact IT.';
export const linkProblemInviteAgain =
  'Evalon returned no usable link for the candidate. Invite again. If that fails too, contact IT.';

type AtsText = (ats: TemplateResult, name: TemplateResult) => TemplateResult;

/** Texts about what the proxy writes into the ATS, by state and problem. `name` is the candidate's. */
export interface AtsWriteTexts {
  saved: (ats: TemplateResult, time: string) => TemplateResult;
  saving: (ats: TemplateResult) => TemplateResult;
  /** Keyed by the problem. The proxy retries. */
  delayed: Record<'rate_limited' | 'credentials' | 'other', (ats: TemplateResult) => TemplateResult>;
  /** Keyed by the problem. */
  failed: Record<
    | 'email_differs'
    | 'application_missing'
    | 'credentials'
    | 'refused'
    | 'unavailable'
    | 'rate_limited'
    | 'not_configured'
    | 'other',
    AtsText
  >;
}

/** For the status of a session: its invite, its result, or its end without a result. The API calls this `news`. */
export const statusWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Status saved in ${ats}, ${time}`,
  saving: (ats) => html`Saving the status in ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} is busy. Saving the status will be retried automatically.`,
    credentials: (ats) => html`${ats} refuses access. Contact IT.`,
    other: (ats) => html`${ats} isn't responding. Saving the status will be retried automatically.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`Status not saved: ${ats} has a different email for ${name}. Check that it's the same person, then contact IT.`,
    application_missing: (ats) =>
      html`Status not saved in ${ats}: the application no longer exists there. If this is wrong, contact IT.`,
    credentials: (ats) => html`Status not saved: ${ats} refuses access. Contact IT.`,
    refused: (ats) => html`Status not saved: ${ats} refused it. Contact IT.`,
    unavailable: (ats) => html`Status not saved: ${ats} didn't respond for several hours. Contact IT.`,
    rate_limited: (ats) => html`Status not saved: ${ats} has been busy for days. Contact IT.`,
    not_configured: (ats) => html`Status not saved in ${ats}: IT has turned this off.`,
    other: (ats) => html`Status not saved in ${ats}. Contact IT.`,
  },
};

/** The ATS emails the link to the candidate. */
export const linkWriteTexts: AtsWriteTexts = {
  saved: (ats, time) => html`Link saved in ${ats}, ${time}. ${ats} emails it to the candidate.`,
  saving: (ats) => html`Saving the link in ${ats}…`,
  delayed: {
    rate_limited: (ats) => html`${ats} is busy and doesn't have the link yet. This will be retried automatically.`,
    credentials: (ats) => html`${ats} refuses access, so it doesn't have the link yet. Contact IT.`,
    other: (ats) => html`${ats} isn't responding and doesn't have the link yet. This will be retried automatically.`,
  },
  failed: {
    email_differs: (ats, name) =>
      html`${ats} didn't get the link: it has a different email for ${name}. Check that it's the same person.`,
    application_missing: (ats) =>
      html`${ats} didn't get the link: the application no longer exists there. If this is wrong, contact IT.`,
    credentials: (ats) => html`${ats} didn't get the link: it refuses access. Contact IT.`,
    refused: (ats) => html`${ats} refused the link. Contact IT.`,
    unavailable: (ats) => html`${ats} didn't get the link: it didn't respond for several hours. Contact IT.`,
    rate_limited: (ats) => html`${ats} didn't get the link: it has been busy for days. Contact IT.`,
    not_configured: (ats) => html`${ats} didn't get the link: IT has turned this off.`,
    other: (ats) => html`${ats} didn't get the link. Contact IT.`,
  },
};
