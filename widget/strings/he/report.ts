import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'העתקת התוצאה';
export const printResult = 'הדפסת התוצאה';
export const overallHeading = 'ציון כולל';
export const summaryHeading = 'סיכום של Evalon';
export const emptyResult = 'לא התקבלו מ-Evalon ציונים או סיכום. יש לפנות למחלקת ה-IT.';
export const detailsFailed = 'לא ניתן היה לטעון את הפרטים.';

export const missingParts = {
  overall: 'עדיין לא התקבל מ-Evalon ציון כולל. אם יגיע בהמשך, הוא יופיע כאן.',
  sections: 'עדיין לא התקבלו מ-Evalon ציונים של החלקים. אם יגיעו בהמשך, הם יופיעו כאן.',
  narrative: 'עדיין לא התקבל מ-Evalon סיכום. אם יגיע בהמשך, הוא יופיע כאן.',
  'overall sections': 'עדיין לא התקבלו מ-Evalon ציונים. אם יגיעו בהמשך, הם יופיעו כאן.',
  'overall narrative': 'עדיין לא התקבלו מ-Evalon ציון כולל וסיכום. אם יגיעו בהמשך, הם יופיעו כאן.',
  'sections narrative': 'עדיין לא התקבלו מ-Evalon ציונים של החלקים וסיכום. אם יגיעו בהמשך, הם יופיעו כאן.',
};

export const copyResultLabel = (title: string) => `העתקת התוצאה: ${title}`;
export const printResultLabel = (title: string) => `הדפסת התוצאה: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'דוא"ל',
  assessment: 'מבדק',
  project: 'פרויקט',
  invited: 'תאריך הזמנה',
  printed: 'תאריך הדפסה',
};
/** "82 / 100" would be shown as "100 / 82" in text from right to left. */
export const overallScore = (overall: number, max: number | null) =>
  `ציון כולל ${formatNumber(overall)}${max === null ? '' : ` מתוך ${formatNumber(max)}`}`;
export const sectionScore = ({
  name,
  score,
  max_score,
}: {
  name: string;
  score: number | null;
  max_score: number | null;
}) => `${name}: ${formatScore(score, max_score)}`;
export function percentileText({ count, percentile }: { count: number; percentile: number }): string {
  const others = formatNumber(count - 1);
  if (percentile === 100) return `גבוה מכל ${others} התוצאות האחרות`;
  if (percentile === 0) return `נמוך מכל ${others} התוצאות האחרות`;
  return `גבוה מ-${formats.formatPercent(percentile)} מתוך ${others} התוצאות האחרות`;
}
export const timeTaken = (seconds: number) => `משך: ${formats.formatDuration(seconds)}`;
export const noScore = 'ללא ציון';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} מתוך ${formatNumber(max)}`;
