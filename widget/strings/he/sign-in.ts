export const signInNeeded = 'יש להיכנס לחשבון כדי לראות מבדקים.';
export const needsHttps = 'הכניסה דורשת HTTPS. יש לפנות למחלקת ה-IT.';
export const signIn = 'כניסה';
export const signInAgain = 'כניסה חוזרת';
export const signOut = 'יציאה';
export const continueInWindow = 'יש להמשיך בחלון הכניסה.';
export const popupBlocked = 'הדפדפן חסם את חלון הכניסה. ניתן לפתוח אותו כאן:';
export const openWindow = 'פתיחת חלון הכניסה';
export const codePrompt = 'אם מוצג קוד בחלון הכניסה, יש להזין אותו כאן. אם החלון נסגר, יש להיכנס שוב.';
export const codeLabel = 'הקוד מחלון הכניסה';
export const useCode = 'שימוש בקוד';
export const codeInvalid = 'הקוד שגוי או שתוקפו פג.';
export const signInFailed = 'הכניסה נכשלה. יש לנסות שוב.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) =>
  name ? `הכניסה בוצעה בשם \u2068${name}\u2069` : 'הכניסה בוצעה';
