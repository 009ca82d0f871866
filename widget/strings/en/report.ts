/** The words of what is fetched only when somebody wants it. */
import type { Session } from '../../api/parse.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

export const copySummary = 'Copy summary';
export const print = 'Print or PDF';
export const emptyResult = 'Evalon gave no scores and no summary. Ask your IT team.';
export const copyManually = 'The browser does not let us copy. Copy this text:';

/** Among how many finished results of the same project and type, and how many per cent of them are lower. */
export function percentileText({ count, percentile }: { count: number; percentile: number }): string {
  return `Higher than ${percentile} % of ${count} finished results`;
}

/** "Took 45 s", "Took 3 min 34 s", "Took 1 h 30 min": no more than two units. */
export function timeTaken(seconds: number): string {
  const [unit, large, small] = Math.round(seconds) >= HOUR ? [MINUTE, 'h', 'min'] : [1, 'min', 's'];
  const count = Math.round(seconds / unit);
  const [many, few] = [Math.floor(count / 60), count % 60];
  return ['Took', many && `${many} ${large}`, (few || !many) && `${few} ${small}`].filter(Boolean).join(' ');
}

export function resultTitle({ candidate_name }: Session, label: string): string {
  return `${candidate_name}, ${label}`;
}
