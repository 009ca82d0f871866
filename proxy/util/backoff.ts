/** How long to wait before another try: a bound that doubles, and chance, so that those of one moment do not come back together. */

export interface BackoffOptions {
  /** Milliseconds: the bound after the first failure. */
  firstMs: number;
  /** Milliseconds: the bound that doubling ends at. */
  maxMs: number;
  /** What is waited at least, as a share of the bound (0 to 1); by default nothing. */
  minFraction?: number;
}

/** Milliseconds to wait after so many failures in a row, from one on. @param random from 0 to 1, as `Math.random`. */
export function backoffDelayMs(
  { firstMs: first, maxMs: longest, minFraction: least = 0 }: BackoffOptions,
  failures: number,
  random: () => number,
): number {
  const most = Math.min(first * 2 ** (failures - 1), longest);
  return most * (least + random() * (1 - least));
}
