/** The words of what is fetched only when somebody wants it. */
import type { Session } from '../../state/answers.ts';

export const copySummary = 'Copy summary';
export const print = 'Print or PDF';
export const empty = 'Evalon gave no scores and no summary.';
export const copyByHand = 'The browser does not let us copy. Copy this text:';

/** Among how many finished results of the same project and type, and how many per cent of them are lower. */
export function standing({ count, percentile }: { count: number; percentile: number }): string {
  return `Higher than ${percentile} % of ${count} finished results`;
}

export function took(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return ['Took', minutes && `${minutes} min`, (whole % 60 || !minutes) && `${whole % 60} s`].filter(Boolean).join(' ');
}

export function titleOf({ candidate_name }: Session, label: string): string {
  return `${candidate_name}, ${label}`;
}
