/** English text of the page of one result. */
export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'This sign-in was already used or has expired. Sign in again.';
export const signedOut = "You're signed out.";
