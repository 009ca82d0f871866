export const scorecardTitle = 'بطاقة النتائج';
export const notFound = 'هذا التقييم غير موجود أو ليس لديك إذن بالوصول إليه. يُرجى التواصل مع قسم تقنية المعلومات.';
export const scorecardLabel = (name: string) => `بطاقة النتائج: ${name}`;
