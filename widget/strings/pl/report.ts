import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'Kopiuj wynik';
export const printResult = 'Drukuj wynik';
export const overallHeading = 'Wynik ogólny';
export const summaryHeading = 'Podsumowanie Evalon';
export const emptyResult = 'Evalon nie zwrócił wyników ani podsumowania. Skontaktuj się z działem IT.';
export const detailsFailed = 'Nie udało się załadować szczegółów.';

export const missingParts = {
  overall: 'Evalon nie zwrócił jeszcze wyniku ogólnego. Jeśli nadejdzie później, pojawi się tutaj.',
  sections: 'Evalon nie zwrócił jeszcze wyników sekcji. Jeśli nadejdą później, pojawią się tutaj.',
  narrative: 'Evalon nie zwrócił jeszcze podsumowania. Jeśli nadejdzie później, pojawi się tutaj.',
  'overall sections': 'Evalon nie zwrócił jeszcze żadnych wyników. Jeśli nadejdą później, pojawią się tutaj.',
  'overall narrative':
    'Evalon nie zwrócił jeszcze wyniku ogólnego ani podsumowania. Jeśli nadejdą później, pojawią się tutaj.',
  'sections narrative':
    'Evalon nie zwrócił jeszcze wyników sekcji ani podsumowania. Jeśli nadejdą później, pojawią się tutaj.',
};

export const copyResultLabel = (title: string) => `Kopiuj wynik: ${title}`;
export const printResultLabel = (title: string) => `Drukuj wynik: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'E-mail',
  assessment: 'Test',
  project: 'Projekt',
  invited: 'Zaproszono',
  printed: 'Wydrukowano',
};
export const overallScore = (overall: number, max: number | null) => {
  const score = max === null ? formatNumber(overall) : `${formatNumber(overall)} / ${formatNumber(max)}`;
  return `Wynik ogólny ${score}`;
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
  if (percentile === 100) return `Wyższy niż wszystkie pozostałe wyniki (${others})`;
  if (percentile === 0) return `Niższy niż wszystkie pozostałe wyniki (${others})`;
  return `Wyższy niż ${formats.formatPercent(percentile)} pozostałych wyników (${others})`;
}
export const timeTaken = (seconds: number) => `Czas: ${formats.formatDuration(seconds)}`;
export const noScore = 'Brak wyniku';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} z ${formatNumber(max)}`;
