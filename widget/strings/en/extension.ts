/** What the extension says, in English. */
export const needed = 'Sign in to see assessments.';
export const signIn = 'Sign in';
export const signOut = 'Sign out';
export const signingIn = 'Go on in the sign-in window…';
export const closed = 'The sign-in window was closed before you were signed in.';
export const failed = 'Signing in did not work. Try again.';
export const looking = 'Looking up the candidate…';
export const retry = 'Retry';
export const noProxy = 'This extension does not know your company’s Evalon proxy yet.';
export const options = 'Open the options';
export const unknown = 'Cannot identify this candidate';
export const byHand = 'Type who it is. Check it against the page: the page only proposes.';
export const notFound = 'The ATS knows no such candidate, or your sign-in does not cover them.';
export const noEmail = 'The ATS has no email address of this candidate.';
export const nothing = 'There is no assessment that you could offer to this candidate.';
export const email = 'Email';
export const name = 'Name';
export const use = 'This is the candidate';
export const changed = 'The page shows somebody else now, or nobody: nothing was done.';
export const gone = 'The page has moved on. Reload it to see assessments here.';
export const proposed = 'The page names a candidate, its address does not. Is it this one?';
export const isIt = 'Yes, show the assessments';
export const isNot = 'No, somebody else';
export const asking = 'Confirm the invite in the tab that has opened.';
export const tooSoon = 'Click once more to invite.';
export const refused = 'Nobody was invited.';
export const confirmTitle = 'Confirm the invite';
export const cancel = 'Cancel';
export const over = 'This question is over. Go back to the candidate’s page and click Invite there.';
export const asked = 'You can close this tab.';
export const proxyAddress = 'Address of your company’s Evalon proxy';
export const save = 'Save';
export const saved = 'Saved.';
export const noAddress = 'This is no address of a proxy: it begins with https://';
export const notAllowed = 'The browser may not reach this address until you allow it.';
export const byPolicy = 'Your IT team has set this.';
export const withheld = 'Kept from this extension';
export const withheldWhy = 'It works on these, and with these, once you allow it.';
export const withheldProxy =
  'The browser lets this extension reach your company’s proxy once you allow it in the options.';
export const further = 'Further pages';
export const furtherWhy = 'Your company’s settings name these. Assessments are shown there once you allow it.';
export const furtherWaiting = 'There are pages on which assessments can be shown once you allow it.';
export const allowIt = 'Allow';
export const allowed = '(allowed)';

export function allow(host: string): string {
  return `Allow ${host}`;
}

export function confirmInvite(name: string): string {
  return `Invite ${name}`;
}

export function badge(count: number): string {
  return count ? `${count} new result${count === 1 ? '' : 's'}` : 'Evalon assessments';
}
