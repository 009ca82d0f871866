import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'Copia risultato';
export const printResult = 'Stampa risultato';
export const overallHeading = 'Punteggio complessivo';
export const summaryHeading = 'Sintesi di Evalon';
export const emptyResult = 'Evalon non ha restituito né punteggi né una sintesi. Contatta il reparto IT.';
export const detailsFailed = 'Impossibile caricare i dettagli.';

export const missingParts = {
  overall: 'Evalon non ha ancora restituito un punteggio complessivo. Se arriverà, apparirà qui.',
  sections: 'Evalon non ha ancora restituito i punteggi delle sezioni. Se arriveranno, appariranno qui.',
  narrative: 'Evalon non ha ancora restituito una sintesi. Se arriverà, apparirà qui.',
  'overall sections': 'Evalon non ha ancora restituito punteggi. Se arriveranno, appariranno qui.',
  'overall narrative':
    'Evalon non ha ancora restituito un punteggio complessivo né una sintesi. Se arriveranno, appariranno qui.',
  'sections narrative':
    'Evalon non ha ancora restituito i punteggi delle sezioni né una sintesi. Se arriveranno, appariranno qui.',
};

export const copyResultLabel = (title: string) => `Copia risultato: ${title}`;
export const printResultLabel = (title: string) => `Stampa risultato: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'E-mail',
  assessment: 'Valutazione',
  project: 'Progetto',
  invited: 'Invito',
  printed: 'Stampato',
};
export const overallScore = (overall: number, max: number | null) => {
  const score = max === null ? formatNumber(overall) : `${formatNumber(overall)} / ${formatNumber(max)}`;
  return `Punteggio complessivo ${score}`;
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
  if (percentile === 100) return `Superiore agli altri ${others} risultati`;
  if (percentile === 0) return `Inferiore agli altri ${others} risultati`;
  return `Superiore al ${formats.formatPercent(percentile)} degli altri ${others} risultati`;
}
export const timeTaken = (seconds: number) => `Durata: ${formats.formatDuration(seconds)}`;
export const noScore = 'Nessun punteggio';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} di ${formatNumber(max)}`;
