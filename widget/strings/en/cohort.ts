/** English text of bulk invites. */
import type { DraftRowKind } from '../../sync/cohort-draft.ts';

export const cohortTitle = 'Invite candidates';
export const noInvitePermission = "You don't have permission to invite candidates. Contact IT.";
export const pasteLabel = 'Paste candidates from a spreadsheet or an email';
export const pastePlaceholder = 'Jane Doe <jane@example.com>\nBen Sample, ben@example.com';
export const checkCandidates = 'Review list';
export const chooseFile = 'Choose a CSV file';
export const sourceHint = 'You can review the list before anyone is invited.';
export const readingCandidates = 'Reading candidates…';
export const noCandidatesFound = 'No candidates found. Paste one candidate per line, with a name and an email.';
export const tooManyCandidates = 'This list has more than 10,000 candidates. Split it into smaller lists.';
export const listTooLong = 'This file is too large. Split it into smaller files.';
export const unreadableFile = "The file can't be read. Save it as CSV and try again.";
export const previewHeading = 'Review the list';
export const checking = 'Checking candidates…';
export const discardList = 'Discard list';
export const edit = 'Edit';
export const remove = 'Remove';
export const save = 'Save';
export const cancelEdit = 'Cancel';
export const nameColumn = 'Candidate';
export const emailColumn = 'Email';
export const statusColumn = 'Status';
export const actionsColumn = 'Actions';
export const nameLabel = 'Name';
export const filterLabel = 'Show';
export const previousPage = 'Previous';
export const nextPage = 'Next';
export const noRows = 'No candidates in this group.';
export const nothingToInvite = 'No new candidates to invite.';
export const retryFailed = 'Retry failed invites';
export const cancelQueued = 'Cancel queued invites';
export const keepInviting = 'Keep inviting';
export const copyLinks = 'Copy links';
export const copyLinksLabel = 'Copy links of all invited candidates';
export const downloadCsv = 'Download CSV';
export const inviteMore = 'Invite more candidates';
export const pastBatches = 'Past invites';
export const openBatch = 'Open';
export const showMore = 'Show more';
export const copyLink = 'Copy link';
export const linksAfterInvite = "Evalon doesn't email the links. Copy them after the invite.";
export const linksNotSent = "Candidates haven't been emailed. Copy their links and send them yourself.";
export const estimating = 'Estimating the time left…';
export const csvHeader = ['Name', 'Email', 'Status', 'Reason', 'Link'];

export const previewKinds: Record<DraftRowKind, string> = {
  unchecked: 'Checking…',
  new: 'New',
  existing: 'Already invited',
  conflict: 'Has another assessment',
  ended: 'Ended without a result',
  invalid: 'Needs correction',
};

export const outcomes = {
  queued: 'Queued',
  invited: 'Invited',
  existing: 'Already invited',
  failed: 'Not invited',
  cancelled: 'Cancelled',
};

/** Each text says what happened, and what the recruiter can do. */
export const reasons = {
  invalid_email: "This isn't a valid email address.",
  name_missing: 'The name is missing.',
  name_too_long: 'The name is too long.',
  duplicate: 'This email is in the list twice. Remove one.',
  type_conflict: 'Only one assessment per project. The candidate already has another one.',
  link_missing: 'Evalon returned no usable link. Contact IT.',
  upstream_rejected:
    'Evalon rejected the invite. Correct the name or email and add the candidate to a new list, or contact IT.',
  upstream_unavailable: "Evalon couldn't be reached. Retry later.",
  erased: "The candidate's data was erased.",
};

export const unknownReason = "The candidate couldn't be invited. Contact IT.";

/** Groups the digits: `12,345`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function inviteCount(count: number): string {
  return count === 1 ? 'Invite 1 candidate' : `Invite ${formatCount(count)} candidates`;
}

export function invitingCount(count: number): string {
  return count === 1 ? 'Inviting 1 candidate…' : `Inviting ${formatCount(count)} candidates…`;
}

export function skippedCount(count: number): string {
  return count === 1 ? "1 candidate won't be invited." : `${formatCount(count)} candidates won't be invited.`;
}

/** Asks before the queued invites are cancelled. */
export function cancelQuestion(count: number): string {
  return count === 1
    ? "Cancel 1 queued invite? This candidate won't be invited."
    : `Cancel ${formatCount(count)} queued invites? These candidates won't be invited.`;
}

export function cancelCount(count: number): string {
  return count === 1 ? 'Cancel 1 queued invite' : `Cancel ${formatCount(count)} queued invites`;
}

export function filterOption(name: string, count: number): string {
  return `${name} ${formatCount(count)}`;
}

export const all = 'All';

export function editLabel(candidate: string): string {
  return `Edit ${candidate}`;
}

export function removeLabel(candidate: string): string {
  return `Remove ${candidate}`;
}

export function copyLinkLabel(candidate: string): string {
  return `Copy link of ${candidate}`;
}

export function pageRange({ first, last, total }: { first: number; last: number; total: number }): string {
  return `${formatCount(first)} to ${formatCount(last)} of ${formatCount(total)}`;
}

export function progressText(doneCount: number, total: number): string {
  return `${formatCount(doneCount)} of ${formatCount(total)} processed.`;
}

export const lessThanMinuteLeft = 'Less than a minute left.';

export function minutesLeft(minutes: number): string {
  return minutes === 1 ? 'About 1 minute left.' : `About ${minutes} minutes left.`;
}

/** @param hours two or more */
export function hoursLeft(hours: number): string {
  return `About ${hours} hours left.`;
}

/** What happened to the candidates of a finished batch. */
export const finishedSentences = {
  invited: (count: number) => (count === 1 ? '1 candidate invited.' : `${formatCount(count)} candidates invited.`),
  existing: (count: number) => `${formatCount(count)} already invited.`,
  failed: (count: number) => `${formatCount(count)} not invited.`,
  cancelled: (count: number) => `${formatCount(count)} cancelled.`,
};

/** Separates the counts of a batch. */
export const countSeparator = ', ';

export const outcomeCounts = {
  queued: (count: number) => `${formatCount(count)} queued`,
  invited: (count: number) => `${formatCount(count)} invited`,
  existing: (count: number) => `${formatCount(count)} already invited`,
  failed: (count: number) => `${formatCount(count)} not invited`,
  cancelled: (count: number) => `${formatCount(count)} cancelled`,
};

export function openBatchLabel(time: string): string {
  return `Open the invites of ${time}`;
}

export function csvFileName(date: string): string {
  return `invites-${date}.csv`;
}
