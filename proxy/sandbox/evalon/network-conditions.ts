/** Delays, duplicates and reorders the webhooks from the simulated Evalon to the proxy. Loses no webhook. */
export interface NetworkConditions {
  /** Milliseconds until each copy of a webhook is sent, one number per copy. */
  deliveryDelaysMs(): number[];
  /** Milliseconds from submission to the result. */
  scoringDelayMs(): number;
  /** Milliseconds from the completion webhook to the readable scorecard. */
  scorecardLagMs(): number;
}

export const IDEAL_NETWORK: NetworkConditions = {
  deliveryDelaysMs: () => [0],
  scoringDelayMs: () => 0,
  scorecardLagMs: () => 0,
};

const LATE_PROBABILITY = 0.3;
const REPEAT_PROBABILITY = 0.15;
const LAG_PROBABILITY = 0.25;

/** @param random returns a number from 0 to 1. */
export function createFlakyNetwork(random: () => number): NetworkConditions {
  const randomBetween = (low: number, high: number) => Math.round(low + random() * (high - low));
  const delayMs = () => (random() < LATE_PROBABILITY ? randomBetween(200, 3_000) : randomBetween(0, 40));
  return {
    deliveryDelaysMs: () => (random() < REPEAT_PROBABILITY ? [delayMs(), delayMs()] : [delayMs()]),
    scoringDelayMs: () => randomBetween(1_000, 2_000),
    scorecardLagMs: () => (random() < LAG_PROBABILITY ? 1_000 : 0),
  };
}
