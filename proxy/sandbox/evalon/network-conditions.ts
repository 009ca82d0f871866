/** How the network and the simulated Evalon delay, duplicate and reorder webhooks. No webhook is lost. */
export interface NetworkConditions {
  /** Returns one delay in milliseconds for each copy of a webhook. */
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
const DUPLICATE_PROBABILITY = 0.15;
const LAG_PROBABILITY = 0.25;

/** @param random returns a number from 0 to 1. */
export function createRandomNetwork(random: () => number): NetworkConditions {
  const randomBetween = (low: number, high: number) => Math.round(low + random() * (high - low));
  const delayMs = () => (random() < LATE_PROBABILITY ? randomBetween(200, 3_000) : randomBetween(0, 40));
  return {
    deliveryDelaysMs: () => (random() < DUPLICATE_PROBABILITY ? [delayMs(), delayMs()] : [delayMs()]),
    scoringDelayMs: () => randomBetween(1_000, 2_000),
    scorecardLagMs: () => (random() < LAG_PROBABILITY ? 1_000 : 0),
  };
}
