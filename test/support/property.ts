/**
 * What must hold for whatever comes from outside. `npm test` tries a few thousand cases, always the same;
 * `npm run soak -- fuzz` a million, and new ones each time.
 */
import { it } from 'node:test';
import fc from 'fast-check';

/** Cases of all properties together, and what they are made from. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 2_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_115);
/** Milliseconds: a million cases take their time. */
const TIMEOUT = 3_600_000;

/**
 * A test that a property holds for values of this shape; a counterexample is made small before it is told.
 * @param share of all cases: those that are quick to try get more.
 */
export function testProperty<T>(
  sentence: string,
  share: number,
  values: fc.Arbitrary<T>,
  holds: (value: T) => void | Promise<void>,
): void {
  it(sentence, { timeout: TIMEOUT }, async (test) => {
    const numRuns = Math.ceil(CASES * share);
    const attempt = fc.asyncProperty(values, async (value) => {
      await holds(value);
    });
    await fc.assert(attempt, { seed: SEED, numRuns });
    test.diagnostic(`${numRuns} cases, seed ${SEED}`);
  });
}
