/** Runs the benchmarks, or those named, and prints a table and then JSON. Build first. */
import { bytes } from './bytes.ts';
import { fanout } from './fan-out.ts';
import type { Figure } from './figures.ts';
import { latency } from './latency.ts';
import { list } from './list.ts';
import { overhead } from './overhead.ts';
import { hosting } from './page-load.ts';
import { streams } from './streams.ts';
import { intake } from './webhook-intake.ts';

const BENCHMARKS: Record<string, () => Promise<Figure[]>> = {
  bytes,
  latency,
  list,
  hosting,
  overhead,
  intake,
  fanout,
  streams,
};

const named = process.argv.slice(2);
const figures: Figure[] = [];
for (const name of named.length ? named : Object.keys(BENCHMARKS)) {
  const run = BENCHMARKS[name];
  if (!run) throw new Error(`there is no benchmark ${name}, only ${Object.keys(BENCHMARKS).join(', ')}`);
  figures.push(...(await run()));
}
console.table(
  figures.map(({ name, value, unit, bound, least }) => ({
    figure: name,
    value: `${Number(value.toFixed(2))} ${unit}`,
    bound: bound ?? (least === undefined ? '' : `at least ${least}`),
  })),
);
console.log(JSON.stringify(figures));
