/** English text of the browser extension. */
export const signInNeeded = 'Sign in to see assessments.';
export const signIn = 'Sign in';
export const signOut = 'Sign out';
export const continueInWindow = 'Continue in the sign-in window.';
export const signInWindowClosed = 'The sign-in window was closed. Sign in again.';
export const candidateTab = 'Candidate';
export const inboxTab = 'Inbox';
export const noCandidate = 'Open a candidate in your ATS to see their assessments here.';
export const pageChanging = 'Waiting for the page to show a candidate…';
export const lookingUpCandidate = 'Looking up the candidate…';
export const retry = 'Retry';
export const noProxy = "This extension doesn't have the address of your company's proxy. Enter it in the options.";
export const openOptions = 'Open the options';
export const candidateUnknown = "Can't identify this candidate";
export const enterManually =
  "Enter the candidate's email and name. Check what is already filled in: it comes from the page.";
export const candidateNotFound = "The ATS has no such candidate, or you don't have permission to see them.";
export const noEmail = 'The ATS has no email address for this candidate.';
export const noAssessments = 'No assessments are available for this candidate. Contact IT.';
export const email = 'Email';
export const name = 'Name';
export const useCandidate = 'This is the candidate';
export const candidateChanged = 'The page changed to another candidate, so no invite was sent.';
export const pageNotResponding = "The page isn't responding, so no invite was sent. Reload the page and try again.";
export const confirmCandidate = "The page's address doesn't identify the candidate. Is this the candidate on the page?";
export const confirmYes = 'Yes, show the assessments';
export const confirmNo = "No, it's another candidate";
export const chipLabel = 'Open assessments';
export const chipHint = 'Evalon: click the toolbar icon or press Alt+Shift+E';
export const chipHintLabel = 'Evalon assessments';
/** For the extension's page in a store. */
export const storeDescription = 'Evalon assessments beside the candidate in Greenhouse, Lever, Ashby and Workday.';
export const proxyAddress = "Address of your company's Evalon proxy";
export const save = 'Save';
export const saved = 'Saved.';
export const invalidAddress = "That isn't the address of a proxy. Enter one that starts with https://";
export const hostNotAllowed = "Your browser can't reach this address until you allow it. Try again, or contact IT.";
export const setByPolicy = 'Your IT team has set this.';
export const blockedHostsTitle = 'Blocked addresses';
export const blockedHostsHint = 'Your browser blocks these addresses for the extension. Allow them to see assessments.';
export const proxyHostBlocked = "Your browser blocks access to your company's proxy. Allow it in the options.";
export const optionalHostsTitle = 'More pages';
export const optionalHostsHint = "Your company's settings list these pages. Allow them to see assessments there.";
export const optionalHostsPending = 'Some pages need your permission to show assessments. Allow them in the options.';
export const allowButton = 'Allow';
export const allowedSuffix = '(allowed)';

export function allowHost(host: string): string {
  return `Allow ${host}`;
}

export function resultCountTitle(count: number): string {
  if (!count) return 'Evalon assessments';
  return count === 1 ? '1 new result' : `${count} new results`;
}

export function candidateBadgeTitle(status: string): string {
  return `Evalon assessments. This candidate: ${status}`;
}
