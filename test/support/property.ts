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
 */
export function testProperty<T>(
  name: string,
  share: number,
  values: fc.Arbitrary<T>,
  holds: (value: T) => void | Promise<void>,
): void {
  it(name, { timeout: TIMEOUT_MS }, async (test) => {
    const numRuns = Math.ceil(CASES * share);
    const property = fc.asyncProperty(values, async (value) => {
      await holds(value);
    });
    await fc.assert(property, { seed: SEED, numRuns });
    test.diagnostic(`${numRuns} cases, seed ${SEED}`);
  });
}
