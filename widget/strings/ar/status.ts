export const noAccess = 'لا يوجد إذن بالوصول';
export const statusUnavailable = 'الحالة غير متاحة';
export const signedOut = 'لم يتم تسجيل الدخول';
