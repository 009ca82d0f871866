/** What the extension says, in English. */
export const signInNeeded = 'Sign in to see assessments.';
export const signIn = 'Sign in';
export const signOut = 'Sign out';
export const continueInWindow = 'Go on in the sign-in window…';
export const signInWindowClosed = 'The sign-in window was closed before you were signed in.';
export const signInFailed = 'Signing in did not work. Try again.';
export const lookingUpCandidate = 'Looking up the candidate…';
export const retry = 'Retry';
export const noProxy = 'This extension does not know your company’s Evalon proxy yet.';
export const openOptions = 'Open the options';
export const candidateUnknown = 'Cannot identify this candidate';
export const enterManually = 'Type who it is. Check it against the page: the page only proposes.';
export const candidateNotFound = 'The ATS knows no such candidate, or your sign-in does not cover them.';
export const noEmail = 'The ATS has no email address of this candidate.';
export const noAssessments = 'There is no assessment that you could offer to this candidate.';
export const email = 'Email';
export const name = 'Name';
export const useCandidate = 'This is the candidate';
export const candidateChanged = 'The page changed to another candidate, so no invite was sent.';
export const pageChanged = 'The page has moved on. Reload it to see assessments here.';
export const confirmCandidate = 'The page names a candidate, its address does not. Is it this one?';
export const confirmYes = 'Yes, show the assessments';
export const confirmNo = 'No, another candidate';
export const confirmInTab = 'Confirm the invite in the tab that has opened.';
export const clickAgain = 'Click once more to invite.';
export const inviteCancelled = 'No invite was sent.';
export const confirmTitle = 'Confirm the invite';
export const cancel = 'Cancel';
export const confirmationExpired = 'This question is over. Go back to the candidate’s page and click Invite there.';
export const closeTab = 'You can close this tab.';
export const proxyAddress = 'Address of your company’s Evalon proxy';
export const save = 'Save';
export const saved = 'Saved.';
export const invalidAddress = 'This is no address of a proxy: it begins with https://';
export const hostNotAllowed = 'The browser may not reach this address until you allow it.';
export const setByPolicy = 'Your IT team has set this.';
export const blockedHostsTitle = 'Kept from this extension';
export const blockedHostsHint = 'It works on these, and with these, once you allow it.';
export const proxyHostBlocked =
  'The browser lets this extension reach your company’s proxy once you allow it in the options.';
export const optionalHostsTitle = 'Further pages';
export const optionalHostsHint = 'Your company’s settings name these. Assessments are shown there once you allow it.';
export const optionalHostsPending = 'There are pages on which assessments can be shown once you allow it.';
export const allowButton = 'Allow';
export const allowedSuffix = '(allowed)';

export function allowHost(host: string): string {
  return `Allow ${host}`;
}

export function confirmInvite(name: string): string {
  return `Invite ${name}`;
}

export function badgeTitle(count: number): string {
  return count ? `${count} new result${count === 1 ? '' : 's'}` : 'Evalon assessments';
}
