import type { Session } from '../../api/parse.ts';
import { formats } from './formats.ts';

const { formatNumber, formatScore } = formats;

export const copyResult = 'Copier le résultat';
export const printResult = 'Imprimer le résultat';
export const overallHeading = 'Score global';
export const summaryHeading = 'Synthèse d’Evalon';
export const emptyResult = 'Evalon n’a renvoyé ni score ni synthèse. Contactez le service informatique.';
export const detailsFailed = 'Impossible de charger les détails.';

export const missingParts = {
  overall: 'Evalon n’a pas encore renvoyé de score global. S’il arrive plus tard, il s’affichera ici.',
  sections: 'Evalon n’a pas encore renvoyé les scores des sections. S’ils arrivent plus tard, ils s’afficheront ici.',
  narrative: 'Evalon n’a pas encore renvoyé de synthèse. Si elle arrive plus tard, elle s’affichera ici.',
  'overall sections': 'Evalon n’a pas encore renvoyé de scores. S’ils arrivent plus tard, ils s’afficheront ici.',
  'overall narrative':
    'Evalon n’a pas encore renvoyé de score global ni de synthèse. S’ils arrivent plus tard, ils s’afficheront ici.',
  'sections narrative':
    'Evalon n’a pas encore renvoyé les scores des sections ni de synthèse. S’ils arrivent plus tard, ils s’afficheront ici.',
};

export const copyResultLabel = (title: string) => `Copier le résultat : ${title}`;
export const printResultLabel = (title: string) => `Imprimer le résultat : ${title}`;
export const resultTitle = ({ candidate_name }: Session, assessment: string) => `${candidate_name}, ${assessment}`;
export const copiedFactSeparator = '. ';
export const printedFields = {
  email: 'E-mail',
  assessment: 'Évaluation',
  project: 'Projet',
  invited: 'Invitation',
  printed: 'Imprimé',
};
export const overallScore = (overall: number, max: number | null) => {
  const score = max === null ? formatNumber(overall) : `${formatNumber(overall)} / ${formatNumber(max)}`;
  return `Score global ${score}`;
};
export const sectionScore = ({
  name,
  score,
  max_score,
}: {
  name: string;
  score: number | null;
  max_score: number | null;
}) => `${name} : ${formatScore(score, max_score)}`;
export function percentileText({ count, percentile }: { count: number; percentile: number }): string {
  const others = formatNumber(count - 1);
  if (percentile === 100) return `Supérieur aux ${others} autres résultats`;
  if (percentile === 0) return `Inférieur aux ${others} autres résultats`;
  return `Supérieur à ${formats.formatPercent(percentile)} des ${others} autres résultats`;
}
export const timeTaken = (seconds: number) => `Durée : ${formats.formatDuration(seconds)}`;
export const noScore = 'Aucun score';
export const scoreLabel = (value: number, max: number) => `${formatNumber(value)} sur ${formatNumber(max)}`;
