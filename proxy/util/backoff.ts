/** Exponential backoff with jitter. */

export interface BackoffOptions {
  /** The upper bound of the delay after the first failure. It doubles with every further failure. */
  firstMs: number;
  /** The maximum of the upper bound. */
  maxMs: number;
  /** The smallest delay, as a fraction of the bound (0 to 1). Default: 0. */
  minFraction?: number;
}

/** @param failures number of consecutive failures, from 1. @param random returns 0 to 1, as `Math.random` does. */
export function backoffDelayMs(
  { firstMs, maxMs, minFraction = 0 }: BackoffOptions,
  failures: number,
  random: () => number,
): number {
  const boundMs = Math.min(firstMs * 2 ** (failures - 1), maxMs);
  return boundMs * (minFraction + random() * (1 - minFraction));
}
