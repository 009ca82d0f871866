import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'Copiar resultado';
export const printResult = 'Imprimir resultado';
export const overallHeading = 'Puntuación global';
export const summaryHeading = 'Resumen de Evalon';
export const emptyResult = 'Evalon no ha devuelto ni puntuaciones ni resumen. Contacte con TI.';
export const detailsFailed = 'No se han podido cargar los detalles.';

export const missingParts = {
  overall: 'Evalon aún no ha devuelto una puntuación global. Si llega más tarde, aparecerá aquí.',
  sections: 'Evalon aún no ha devuelto las puntuaciones de las secciones. Si llegan más tarde, aparecerán aquí.',
  narrative: 'Evalon aún no ha devuelto un resumen. Si llega más tarde, aparecerá aquí.',
  'overall sections': 'Evalon aún no ha devuelto ninguna puntuación. Si llegan más tarde, aparecerán aquí.',
  'overall narrative':
    'Evalon aún no ha devuelto una puntuación global ni un resumen. Si llegan más tarde, aparecerán aquí.',
  'sections narrative':
    'Evalon aún no ha devuelto las puntuaciones de las secciones ni un resumen. Si llegan más tarde, aparecerán aquí.',
};

export const copyResultLabel = (title: string) => `Copiar resultado: ${title}`;
export const printResultLabel = (title: string) => `Imprimir resultado: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'Correo electrónico',
  assessment: 'Evaluación',
  project: 'Proyecto',
  invited: 'Invitación',
  printed: 'Impreso',
};
export const overallScore = (overall: number, max: number | null) => {
  const score = max === null ? formatNumber(overall) : `${formatNumber(overall)} / ${formatNumber(max)}`;
  return `Puntuación global ${score}`;
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
  if (percentile === 100) return `Superior a los otros ${others} resultados`;
  if (percentile === 0) return `Inferior a los otros ${others} resultados`;
  return `Superior al ${formats.formatPercent(percentile)} de los otros ${others} resultados`;
}
export const timeTaken = (seconds: number) => `Duración: ${formats.formatDuration(seconds)}`;
export const noScore = 'Sin puntuación';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} de ${formatNumber(max)}`;
