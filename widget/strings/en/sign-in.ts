/** What is said while signing in, in English; apart from ../en.ts, so that no page loads it that gives tokens by itself. */
export const signInNeeded = 'Sign in to see assessments.';
export const needsHttps = 'Signing in needs a page that comes by https. Tell your IT team.';
export const signIn = 'Sign in';
export const signInAgain = 'Sign in again';
export const signOut = 'Sign out';
export const continueInWindow = 'Go on in the sign-in window.';
export const popupBlocked = 'Your browser has blocked the sign-in window. Open it here:';
export const openWindow = 'Open the sign-in window';
export const codePrompt = 'Does the sign-in window show a code? Type it here. If it is closed, sign in again.';
export const codeLabel = 'Code of the sign-in window';
export const useCode = 'Use code';
export const codeInvalid = 'This code is wrong or no longer good.';
export const signInFailed = 'Signing in did not work. Try again.';

export function signedInAs(name: string | undefined): string {
  return name ? `Signed in as ${name}` : 'Signed in';
}
