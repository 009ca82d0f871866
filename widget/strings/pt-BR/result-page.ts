export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'Este login já foi usado ou expirou. Entre novamente.';
export const signedOut = 'Você saiu da sua conta.';
