export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'Deze aanmelding is al gebruikt of verlopen. Meld u opnieuw aan.';
export const signedOut = 'U bent afgemeld.';
