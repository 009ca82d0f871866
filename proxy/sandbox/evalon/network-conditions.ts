/**
 * What can happen to a webhook and a scorecard on the way: late, twice, overtaken. Nothing is ever lost for good,
 * so that whoever copes with lateness, repeats and disorder always arrives at the truth.
 */
export interface Fate {
  /** Milliseconds until each copy of a webhook sets out; one number is one copy. */
  copies(): number[];
  /** Milliseconds from submission to the result. */
  scoring(): number;
  /** Milliseconds by which the webhook of a completion is ahead of the readable scorecard. */
  scorecardLag(): number;
}

/** Everything at once and once: what the seed uses, and the news of a new session. */
export const PROMPT: Fate = { copies: () => [0], scoring: () => 0, scorecardLag: () => 0 };

const LATE = 0.3;
const REPEATED = 0.15;
const OVERTAKEN = 0.25;

export function capricious(random: () => number): Fate {
  const between = (low: number, high: number) => Math.round(low + random() * (high - low));
  const delay = () => (random() < LATE ? between(200, 3_000) : between(0, 40));
  return {
    copies: () => (random() < REPEATED ? [delay(), delay()] : [delay()]),
    scoring: () => between(1_000, 2_000),
    scorecardLag: () => (random() < OVERTAKEN ? 1_000 : 0),
  };
}
