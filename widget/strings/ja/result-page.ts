export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired =
  'このサインインはすでに使用されたか、有効期限が切れています。もう一度サインインしてください。';
export const signedOut = 'サインアウトしました。';
