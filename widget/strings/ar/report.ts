import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'نسخ النتيجة';
export const printResult = 'طباعة النتيجة';
export const overallHeading = 'الدرجة الإجمالية';
export const summaryHeading = 'ملخص Evalon';
export const emptyResult = 'لم يُرجع Evalon أي درجات ولا ملخصًا. يُرجى التواصل مع قسم تقنية المعلومات.';
export const detailsFailed = 'تعذر تحميل التفاصيل.';

export const missingParts = {
  overall: 'لم يُرجع Evalon درجة إجمالية بعد. إذا وصلت لاحقًا، فستظهر هنا.',
  sections: 'لم يُرجع Evalon درجات الأقسام بعد. إذا وصلت لاحقًا، فستظهر هنا.',
  narrative: 'لم يُرجع Evalon ملخصًا بعد. إذا وصل لاحقًا، فسيظهر هنا.',
  'overall sections': 'لم يُرجع Evalon أي درجات بعد. إذا وصلت لاحقًا، فستظهر هنا.',
  'overall narrative': 'لم يُرجع Evalon درجة إجمالية ولا ملخصًا بعد. إذا وصلا لاحقًا، فسيظهران هنا.',
  'sections narrative': 'لم يُرجع Evalon درجات الأقسام ولا ملخصًا بعد. إذا وصلت لاحقًا، فستظهر هنا.',
};

export const copyResultLabel = (title: string) => `نسخ النتيجة: ${title}`;
export const printResultLabel = (title: string) => `طباعة النتيجة: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}، ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'البريد الإلكتروني',
  assessment: 'التقييم',
  project: 'المشروع',
  invited: 'تاريخ الدعوة',
  printed: 'تاريخ الطباعة',
};
/** "82 / 100" would be shown as "100 / 82" in text from right to left. */
export const overallScore = (overall: number, max: number | null) =>
  `الدرجة الإجمالية ${formatNumber(overall)}${max === null ? '' : ` من ${formatNumber(max)}`}`;
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
  if (percentile === 100) return `أعلى من جميع النتائج الأخرى وعددها ${others}`;
  if (percentile === 0) return `أدنى من جميع النتائج الأخرى وعددها ${others}`;
  return `أعلى من ${formats.formatPercent(percentile)} من النتائج الأخرى وعددها ${others}`;
}
export const timeTaken = (seconds: number) => `المدة: ${formats.formatDuration(seconds)}`;
export const noScore = 'دون درجة';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} من ${formatNumber(max)}`;
