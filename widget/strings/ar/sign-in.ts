export const signInNeeded = 'يُرجى تسجيل الدخول لعرض التقييمات.';
export const needsHttps = 'يتطلب تسجيل الدخول اتصال HTTPS. يُرجى التواصل مع قسم تقنية المعلومات.';
export const signIn = 'تسجيل الدخول';
export const signInAgain = 'تسجيل الدخول مرة أخرى';
export const signOut = 'تسجيل الخروج';
export const continueInWindow = 'يُرجى المتابعة في نافذة تسجيل الدخول.';
export const popupBlocked = 'حظر المتصفح نافذة تسجيل الدخول. يمكن فتحها من هنا:';
export const openWindow = 'فتح نافذة تسجيل الدخول';
export const codePrompt =
  'إذا عرضت نافذة تسجيل الدخول رمزًا، فيُرجى إدخاله هنا. إذا أُغلقت النافذة، فيُرجى تسجيل الدخول مرة أخرى.';
export const codeLabel = 'الرمز من نافذة تسجيل الدخول';
export const useCode = 'استخدام الرمز';
export const codeInvalid = 'الرمز غير صحيح أو انتهت صلاحيته.';
export const signInFailed = 'تعذر تسجيل الدخول. يُرجى إعادة المحاولة.';
/** Leaves out the reason, which the proxy gives in English. */
export const describeSignInFailure = () => signInFailed;
export const signedInAs = (name: string | undefined) =>
  name ? `تم تسجيل الدخول باسم \u2068${name}\u2069` : 'تم تسجيل الدخول';
