/** A million cases of the properties in `test/fuzz`, with a seed of their own; two files at a time. */
import { randomInt } from 'node:crypto';
import { testFiles } from '../../.config/testing/files.ts';
import { runInNode } from '../../.config/testing/node.ts';
import type { SoakResult } from './measured.ts';

const CASES = 1_000_000;

export async function soakFuzz(): Promise<SoakResult[]> {
  process.env['FUZZ_CASES'] ??= String(CASES);
  process.env['FUZZ_SEED'] ??= String(randomInt(2 ** 31));
  const { passed, failed } = await runInNode(testFiles('fuzz'), 2, Number.POSITIVE_INFINITY);
  return [
    { what: 'cases, all properties together', value: Number(process.env['FUZZ_CASES']), unit: '' },
    { what: 'seed', value: Number(process.env['FUZZ_SEED']), unit: '' },
    { what: 'properties that hold', value: passed, unit: `of ${passed + failed}`, holds: failed === 0 && passed > 0 },
  ];
}
