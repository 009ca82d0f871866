/**
 * Property-based tests. `npm test` checks 500 cases with a fixed seed, and `npm run soak -- fuzz` a million
 * cases with a new seed.
 */
import { it } from 'node:test';
import fc from 'fast-check';

/** How many cases all properties have together, without the cases that `minCases` adds. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 500);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_115);
const TIMEOUT_MS = 3_600_000;

interface PropertyOptions {
  /** This property's share of all cases, from 0 to 1. Fast properties get a larger share. */
  shareOfCases: number;
  /** The minimum number of cases, even in a short run. */
  minCases?: number;
}

/** Tests that a property holds for random values. Reports the smallest counterexample. */
export function testProperty<T>(
  name: string,
  { shareOfCases, minCases = 1 }: PropertyOptions,
  values: fc.Arbitrary<T>,
  check: (value: T) => void | Promise<void>,
): void {
  it(name, { timeout: TIMEOUT_MS }, async (test) => {
    const numRuns = Math.max(Math.ceil(CASES * shareOfCases), minCases);
    const property = fc.asyncProperty(values, async (value) => {
      await check(value);
    });
    await fc.assert(property, { seed: SEED, numRuns });
    test.diagnostic(`${numRuns} cases, seed ${SEED}`);
  });
}
