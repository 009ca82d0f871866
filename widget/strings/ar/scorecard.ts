export const scorecardTitle = 'بطاقة النتائج';
export const scorecardLabel = (name: string) => `بطاقة النتائج: ${name}`;
