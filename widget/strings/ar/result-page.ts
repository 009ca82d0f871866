export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'سبق استخدام تسجيل الدخول هذا أو انتهت صلاحيته. يُرجى تسجيل الدخول مرة أخرى.';
export const signedOut = 'تم تسجيل الخروج.';
