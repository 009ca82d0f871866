import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = '結果をコピー';
export const printResult = '結果を印刷';
export const overallHeading = '総合スコア';
export const summaryHeading = 'Evalonによる要約';
export const emptyResult = 'Evalonからスコアも要約も返されませんでした。IT部門にお問い合わせください。';
export const detailsFailed = '詳細を読み込めませんでした。';

export const missingParts = {
  overall: 'Evalonから総合スコアがまだ返されていません。届き次第、ここに表示されます。',
  sections: 'Evalonからセクション別スコアがまだ返されていません。届き次第、ここに表示されます。',
  narrative: 'Evalonから要約がまだ返されていません。届き次第、ここに表示されます。',
  'overall sections': 'Evalonからスコアがまだ返されていません。届き次第、ここに表示されます。',
  'overall narrative': 'Evalonから総合スコアと要約がまだ返されていません。届き次第、ここに表示されます。',
  'sections narrative': 'Evalonからセクション別スコアと要約がまだ返されていません。届き次第、ここに表示されます。',
};

export const copyResultLabel = (title: string) => `結果をコピー：${title}`;
export const printResultLabel = (title: string) => `結果を印刷：${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}、${assessment}`;
export const copiedFactSeparator = '。';
export const printedFields = {
  email: 'メールアドレス',
  assessment: 'アセスメント',
  project: 'プロジェクト',
  invited: '招待日',
  printed: '印刷日',
};
export const overallScore = (overall: number, max: number | null) =>
  `総合スコア ${formatNumber(overall)}${max === null ? '' : ` / ${formatNumber(max)}`}`;
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
  if (percentile === 100) return `ほかの${others}件の結果すべてより高いスコアです`;
  if (percentile === 0) return `ほかの${others}件の結果すべてより低いスコアです`;
  return `ほかの${others}件の結果の${formats.formatPercent(percentile)}より高いスコアです`;
}
export const timeTaken = (seconds: number) => `所要時間：${formats.formatDuration(seconds)}`;
export const noScore = 'スコアなし';
export const scoreLabel = (value: number, max: number) => `${formatNumber(max)}点中${formatNumber(value)}点`;
