/**
 * Property tests. `npm test` checks a few thousand cases with a fixed seed. `npm run soak -- fuzz` checks a million with
 * a new seed.
 */
import { it } from 'node:test';
import fc from 'fast-check';

/** Cases of all properties together. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 2_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_115);
const TIMEOUT_MS = 3_600_000;

/**
 * Tests that a property holds for all values, and reports the smallest counterexample.
 * @param share of all cases. Fast properties get more.
 * @param minCases the least number of cases, also in a short run.
 */
export function testProperty<T>(
  name: string,
  share: number,
  values: fc.Arbitrary<T>,
  holds: (value: T) => void | Promise<void>,
  minCases = 1,
): void {
  it(name, { timeout: TIMEOUT_MS }, async (test) => {
    const numRuns = Math.max(Math.ceil(CASES * share), minCases);
    const property = fc.asyncProperty(values, async (value) => {
      await holds(value);
    });
    await fc.assert(property, { seed: SEED, numRuns });
    test.diagnostic(`${numRuns} cases, seed ${SEED}`);
  });
}
