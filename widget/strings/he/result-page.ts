export { describeSignInFailure, signIn, signInFailed } from './sign-in.ts';

export const signInExpired = 'נעשה כבר שימוש בכניסה הזו או שתוקפה פג. יש להיכנס שוב.';
export const signedOut = 'היציאה בוצעה.';
