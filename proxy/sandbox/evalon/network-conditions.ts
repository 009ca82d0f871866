/**
 * What can happen to a webhook and a scorecard on the way: late, twice, overtaken. Nothing is ever lost for good,
 * so that whoever copes with lateness, repeats and disorder always arrives at the truth.
 */
export interface NetworkConditions {
  /** Milliseconds until each copy of a webhook sets out; one number is one copy. */
  deliveryDelaysMs(): number[];
  /** Milliseconds from submission to the result. */
  scoringDelayMs(): number;
  /** Milliseconds by which the webhook of a completion is ahead of the readable scorecard. */
  scorecardLagMs(): number;
}

/** Everything at once and once: what the seed uses, and the news of a new session. */
export const IDEAL_NETWORK: NetworkConditions = {
  deliveryDelaysMs: () => [0],
  scoringDelayMs: () => 0,
  scorecardLagMs: () => 0,
};

const LATE = 0.3;
const REPEATED = 0.15;
const OVERTAKEN = 0.25;

export function createFlakyNetwork(random: () => number): NetworkConditions {
  const between = (low: number, high: number) => Math.round(low + random() * (high - low));
  const delay = () => (random() < LATE ? between(200, 3_000) : between(0, 40));
  return {
    deliveryDelaysMs: () => (random() < REPEATED ? [delay(), delay()] : [delay()]),
    scoringDelayMs: () => between(1_000, 2_000),
    scorecardLagMs: () => (random() < OVERTAKEN ? 1_000 : 0),
  };
}
