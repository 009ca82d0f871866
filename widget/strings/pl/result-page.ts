export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'To logowanie zostało już użyte lub wygasło. Zaloguj się ponownie.';
export const signedOut = 'Wylogowano.';
