/** English text of the questions and the actions of a result. It loads on demand. */
import type { Session } from '../../api/parse.ts';
import { formatNumber, formatScore } from './common.ts';

export const copyResult = 'Copy result';
export const printResult = 'Print result';
export const overallHeading = 'Overall';
export const summaryHeading = "Evalon's summary";
export const emptyResult = 'Evalon returned no scores and no summary. Contact IT.';
export const detailsFailed = "The details couldn't be loaded.";

/** Keyed by the missing parts of a scorecard. A complete or an empty scorecard has no text here. */
export const missingParts = {
  overall: "Evalon hasn't returned an overall score. If it arrives later, it will appear here.",
  sections: "Evalon hasn't returned section scores. If they arrive later, they will appear here.",
  narrative: "Evalon hasn't returned a summary. If it arrives later, it will appear here.",
  'overall sections': "Evalon hasn't returned any scores. If they arrive later, they will appear here.",
  'overall narrative':
    "Evalon hasn't returned an overall score or a summary. If they arrive later, they will appear here.",
  'sections narrative':
    "Evalon hasn't returned section scores or a summary. If they arrive later, they will appear here.",
};

export function copyResultLabel(title: string): string {
  return `Copy result: ${title}`;
}

export function printResultLabel(title: string): string {
  return `Print result: ${title}`;
}

export function resultTitle({ candidate_name }: Session, assessment: string): string {
  return `${candidate_name}, ${assessment}`;
}

/** Separates the facts of a copied result. */
export const copiedFactSeparator = '. ';

/** The head of a printed result. */
export const printedFields = {
  email: 'Email',
  assessment: 'Assessment',
  project: 'Project',
  invited: 'Invited',
  printed: 'Printed',
};

export function overallScore(overall: number, max: number | null): string {
  return max === null ? `Overall ${formatNumber(overall)}` : `Overall ${formatNumber(overall)} / ${formatNumber(max)}`;
}

export function sectionScore({
  name,
  score,
  max_score,
}: {
  name: string;
  score: number | null;
  max_score: number | null;
}): string {
  return `${name}: ${formatScore(score, max_score)}`;
}

/**
 * @param count results of the same project and type, including this one
 * @param percentile percentage of the others that scored lower
 */
export function percentileText({ count, percentile }: { count: number; percentile: number }): string {
  if (percentile === 100) return `Higher than all ${count - 1} other results`;
  if (percentile === 0) return `Lower than all ${count - 1} other results`;
  return `Higher than ${percentile}% of the other ${count - 1} results`;
}

/** Names at most two units, such as minutes and seconds. */
export function timeTaken(seconds: number): string {
  const totalSeconds = Math.round(seconds);
  const totalMinutes = Math.round(seconds / 60);
  if (totalSeconds < 60) return `Took ${totalSeconds} s`;
  if (totalSeconds < 3_600) {
    const [minutes, remainingSeconds] = [Math.floor(totalSeconds / 60), totalSeconds % 60];
    return remainingSeconds ? `Took ${minutes} min ${remainingSeconds} s` : `Took ${minutes} min`;
  }
  const [hours, remainingMinutes] = [Math.floor(totalMinutes / 60), totalMinutes % 60];
  return remainingMinutes ? `Took ${hours} h ${remainingMinutes} min` : `Took ${hours} h`;
}

export const noScore = 'No score';

export function scoreLabel(value: number, max: number): string {
  return `${formatNumber(value)} of ${formatNumber(max)}`;
}
