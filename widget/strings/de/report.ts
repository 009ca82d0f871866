import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'Ergebnis kopieren';
export const printResult = 'Ergebnis drucken';
export const overallHeading = 'Gesamtergebnis';
export const summaryHeading = 'Zusammenfassung von Evalon';
export const emptyResult =
  'Evalon hat weder Punktzahlen noch eine Zusammenfassung geliefert. Wenden Sie sich an die IT.';
export const detailsFailed = 'Die Details konnten nicht geladen werden.';

export const missingParts = {
  overall: 'Evalon hat noch kein Gesamtergebnis geliefert. Trifft es später ein, erscheint es hier.',
  sections:
    'Evalon hat noch keine Punktzahlen für die Abschnitte geliefert. Treffen sie später ein, erscheinen sie hier.',
  narrative: 'Evalon hat noch keine Zusammenfassung geliefert. Trifft sie später ein, erscheint sie hier.',
  'overall sections': 'Evalon hat noch keine Punktzahlen geliefert. Treffen sie später ein, erscheinen sie hier.',
  'overall narrative':
    'Evalon hat noch kein Gesamtergebnis und keine Zusammenfassung geliefert. Treffen sie später ein, erscheinen sie hier.',
  'sections narrative':
    'Evalon hat noch keine Punktzahlen für die Abschnitte und keine Zusammenfassung geliefert. Treffen sie später ein, erscheinen sie hier.',
};

export const copyResultLabel = (title: string) => `Ergebnis kopieren: ${title}`;
export const printResultLabel = (title: string) => `Ergebnis drucken: ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'E-Mail',
  assessment: 'Eignungstest',
  project: 'Projekt',
  invited: 'Eingeladen',
  printed: 'Gedruckt',
};
export const overallScore = (overall: number, max: number | null) =>
  `Gesamtergebnis ${formatNumber(overall)}${max === null ? '' : ` / ${formatNumber(max)}`}`;
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
  if (percentile === 100) return `Höher als alle ${others} anderen Ergebnisse`;
  if (percentile === 0) return `Niedriger als alle ${others} anderen Ergebnisse`;
  return `Höher als ${formats.formatPercent(percentile)} der anderen ${others} Ergebnisse`;
}
export const timeTaken = (seconds: number) => `Dauer: ${formats.formatDuration(seconds)}`;
export const noScore = 'Keine Punktzahl';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} von ${formatNumber(max)}`;
