/** Runs the benchmarks, or those named, and prints a table and then JSON. Build first. */
import { measureDownload } from './bytes.ts';
import { measureFanout } from './fan-out.ts';
import type { BenchResult } from './figures.ts';
import { measureLatency } from './latency.ts';
import { measureList } from './list.ts';
import { measureOverhead } from './overhead.ts';
import { measureHosting } from './page-load.ts';
import { measureStreams } from './streams.ts';
import { measureIntake } from './webhook-intake.ts';

const BENCHMARKS: Record<string, () => Promise<BenchResult[]>> = {
  download: measureDownload,
  latency: measureLatency,
  list: measureList,
  hosting: measureHosting,
  overhead: measureOverhead,
  intake: measureIntake,
  fanout: measureFanout,
  streams: measureStreams,
};

const named = process.argv.slice(2);
const figures: BenchResult[] = [];
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
