import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'Resultaat kopiëren';
export const printResult = 'Resultaat afdrukken';
export const overallHeading = 'Totaalscore';
export const summaryHeading = 'Samenvatting van Evalon';
export const emptyResult = 'Evalon heeft geen scores en geen samenvatting teruggegeven. Neem contact op met IT.';
export const detailsFailed = 'De details konden niet worden geladen.';

export const missingParts = {
  overall: 'Evalon heeft nog geen totaalscore teruggegeven. Als die later komt, verschijnt die hier.',
  sections: 'Evalon heeft nog geen scores van onderdelen teruggegeven. Als die later komen, verschijnen ze hier.',
  narrative: 'Evalon heeft nog geen samenvatting teruggegeven. Als die later komt, verschijnt die hier.',
  'overall sections': 'Evalon heeft nog geen scores teruggegeven. Als die later komen, verschijnen ze hier.',
  'overall narrative':
    'Evalon heeft nog geen totaalscore en geen samenvatting teruggegeven. Als die later komen, verschijnen ze hier.',
  'sections narrative':
    'Evalon heeft nog geen scores van onderdelen en geen samenvatting teruggegeven. Als die later komen, verschijnen ze hier.',
};

export const copyResultLabel = (title: string) => `Resultaat kopiëren: ${title}`;
export const printResultLabel = (title: string) => `Resultaat afdrukken: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'E-mail',
  assessment: 'Assessment',
  project: 'Project',
  invited: 'Uitgenodigd',
  printed: 'Afgedrukt',
};
export const overallScore = (overall: number, max: number | null) => {
  const score = max === null ? formatNumber(overall) : `${formatNumber(overall)} / ${formatNumber(max)}`;
  return `Totaalscore ${score}`;
};
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
  if (percentile === 100) return `Hoger dan alle ${others} andere resultaten`;
  if (percentile === 0) return `Lager dan alle ${others} andere resultaten`;
  return `Hoger dan ${formats.formatPercent(percentile)} van de ${others} andere resultaten`;
}
export const timeTaken = (seconds: number) => `Duur: ${formats.formatDuration(seconds)}`;
export const noScore = 'Geen score';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} van ${formatNumber(max)}`;
