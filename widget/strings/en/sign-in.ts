/** English text of the sign-in. */
export const signInNeeded = 'Sign in to see assessments.';
export const needsHttps = 'Sign-in requires HTTPS. Contact IT.';
export const signIn = 'Sign in';
export const signInAgain = 'Sign in again';
export const signOut = 'Sign out';
export const continueInWindow = 'Continue in the sign-in window.';
export const popupBlocked = 'Your browser blocked the sign-in window. Open it here:';
export const openWindow = 'Open the sign-in window';
export const codePrompt = 'If the sign-in window shows a code, enter it here. If you closed the window, sign in again.';
export const codeLabel = 'Code from the sign-in window';
export const useCode = 'Use code';
export const codeInvalid = 'That code is incorrect or has expired.';
export const signInFailed = 'Sign-in failed. Try again.';

/** @param reason a sentence from the proxy, always in English */
export function describeSignInFailure(reason: string | undefined): string {
  return reason ?? signInFailed;
}

export function signedInAs(name: string | undefined): string {
  return name ? `Signed in as ${name}` : 'Signed in';
}
