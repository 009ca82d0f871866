/**
 * Checks the properties in `test/fuzz` with a million cases and a new seed. `FUZZ_CASES` and `FUZZ_SEED` replace these
 * numbers.
 */
import { randomInt } from 'node:crypto';
import { runTests } from './run-tests.ts';
import type { SoakResult } from './soak-result.ts';

const CASES = 1_000_000;
const CONCURRENT_FILES = 2;

export async function soakFuzz(): Promise<SoakResult[]> {
  process.env['FUZZ_CASES'] ??= String(CASES);
  process.env['FUZZ_SEED'] ??= String(randomInt(2 ** 31));
  const { passed, failed } = await runTests('test/fuzz/**/*.test.ts', CONCURRENT_FILES);
  return [
    { what: 'random cases, total of all properties', value: Number(process.env['FUZZ_CASES']), unit: '' },
    { what: 'seed', value: Number(process.env['FUZZ_SEED']), unit: '' },
    { what: 'properties that hold', value: passed, unit: `of ${passed + failed}`, holds: failed === 0 && passed > 0 },
  ];
}
