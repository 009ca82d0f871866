import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'Copiar resultado';
export const printResult = 'Imprimir resultado';
export const overallHeading = 'Pontuação geral';
export const summaryHeading = 'Resumo da Evalon';
export const emptyResult = 'A Evalon não retornou pontuações nem resumo. Fale com a TI.';
export const detailsFailed = 'Não foi possível carregar os detalhes.';

export const missingParts = {
  overall: 'A Evalon ainda não retornou uma pontuação geral. Se ela chegar depois, aparecerá aqui.',
  sections: 'A Evalon ainda não retornou as pontuações das seções. Se chegarem depois, aparecerão aqui.',
  narrative: 'A Evalon ainda não retornou um resumo. Se ele chegar depois, aparecerá aqui.',
  'overall sections': 'A Evalon ainda não retornou pontuações. Se chegarem depois, aparecerão aqui.',
  'overall narrative':
    'A Evalon ainda não retornou uma pontuação geral nem um resumo. Se chegarem depois, aparecerão aqui.',
  'sections narrative':
    'A Evalon ainda não retornou as pontuações das seções nem um resumo. Se chegarem depois, aparecerão aqui.',
};

export const copyResultLabel = (title: string) => `Copiar resultado: ${title}`;
export const printResultLabel = (title: string) => `Imprimir resultado: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'E-mail',
  assessment: 'Avaliação',
  project: 'Projeto',
  invited: 'Convite',
  printed: 'Impresso',
};
export const overallScore = (overall: number, max: number | null) => {
  const score = max === null ? formatNumber(overall) : `${formatNumber(overall)} / ${formatNumber(max)}`;
  return `Pontuação geral ${score}`;
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
  if (percentile === 100) return `Maior que os outros ${others} resultados`;
  if (percentile === 0) return `Menor que os outros ${others} resultados`;
  return `Maior que ${formats.formatPercent(percentile)} dos outros ${others} resultados`;
}
export const timeTaken = (seconds: number) => `Duração: ${formats.formatDuration(seconds)}`;
export const noScore = 'Sem pontuação';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} de ${formatNumber(max)}`;
