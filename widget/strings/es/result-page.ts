export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'Este inicio de sesión ya se ha usado o ha caducado. Inicie sesión de nuevo.';
export const signedOut = 'Ha cerrado la sesión.';
