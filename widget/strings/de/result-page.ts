export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'Diese Anmeldung wurde bereits verwendet oder ist abgelaufen. Melden Sie sich erneut an.';
export const signedOut = 'Sie sind abgemeldet.';
