import { formats } from './formats.ts';
import { sectionScore } from './report.ts';

const { formatNumber, plural } = formats;

export { sectionScore };
export const resultsTitle = 'תוצאות';
export const searchLabel = 'חיפוש לפי שם או דוא"ל';
export const statusFilter = 'סטטוס';
export const allStatuses = 'כל הסטטוסים';
export const assessmentFilter = 'מבדק';
export const allAssessments = 'כל המבדקים';
export const sortLabel = 'מיון לפי';
export const sortNames = {
  '-updated_at': 'שינוי אחרון, מהחדש לישן',
  updated_at: 'שינוי אחרון, מהישן לחדש',
  '-completed_at': 'השלמה, מהחדש לישן',
  '-overall': 'ציון כולל',
};
export const columns = {
  compare: 'השוואה',
  candidate: 'מועמד/ת',
  email: 'דוא"ל',
  assessment: 'מבדק',
  status: 'סטטוס',
  overall: 'ציון כולל',
  overallMax: 'ציון כולל מרבי',
  sections: 'חלקים',
  invitedBy: 'הזמנה על ידי',
  invited: 'תאריך הזמנה',
  completed: 'תאריך השלמה',
  changed: 'שינוי אחרון',
};
export const noSessions = 'מועמדים שיוזמנו לפרויקט הזה יופיעו כאן.';
export const noMatches = 'אין תוצאות תואמות. יש לשנות את החיפוש או את המסננים.';
export const showMore = 'הצגת עוד';
export const exportCsv = 'הורדת הכול כ-CSV';
export const printList = 'הדפסת הרשימה';
export const cancelExport = 'ביטול הייצוא';
export const csvFileName = 'תוצאות.csv';
export const exportCancelled = 'הייצוא בוטל.';
export const compare = 'השוואה';
export const compareTitle = 'השוואת תוצאות';
export const closeCompare = 'סגירת ההשוואה';
export const compareHint = (max: number) => `יש לבחור 2 עד ${formatNumber(max)} תוצאות להשוואה.`;
export const compareLabel = (name: string) => `השוואה: ${name}`;
export const showChanges = (count: number) =>
  plural(count, { one: 'הצגת עדכון אחד', two: 'הצגת שני עדכונים', other: 'הצגת # עדכונים' });
export const shownCount = ({ count, hasMore }: { count: number; hasMore: boolean }) =>
  hasMore
    ? `מוצגים ${formatNumber(count)} הראשונים`
    : plural(count, { one: 'מועמד/ת אחד/ת', two: 'שני מועמדים', other: '# מועמדים' });

const ROWS = { one: 'שורה אחת', two: 'שתי שורות', other: '# שורות' };
export const exportProgress = (count: number) => `הייצוא מתבצע… ${plural(count, ROWS)}`;
export const exportDone = (count: number) => `הייצוא הסתיים: ${plural(count, ROWS)}.`;
