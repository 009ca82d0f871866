/** What is said while signing in, in English; apart from ../en.ts, so that no page loads it that gives tokens by itself. */
export const needed = 'Sign in to see assessments.';
export const needsHttps = 'Signing in needs a page that comes by https. Tell your IT team.';
export const signIn = 'Sign in';
export const again = 'Sign in again';
export const signOut = 'Sign out';
export const goOn = 'Go on in the sign-in window.';
export const blocked = 'Your browser has blocked the sign-in window. Open it here:';
export const open = 'Open the sign-in window';
export const closed = 'Does the sign-in window show a code? Type it here. If it is closed, sign in again.';
export const code = 'Code of the sign-in window';
export const useCode = 'Use code';
export const wrong = 'This code is wrong or no longer good.';
export const failed = 'Signing in did not work. Try again.';

export function signedInAs(name: string | undefined): string {
  return name ? `Signed in as ${name}` : 'Signed in';
}
