/**
 * `npm run bench`: runs all benchmarks, or those that the arguments name. Prints the results as a table and as JSON.
 * Run `npm run build` first.
 */

import { measureCohort } from './cohort.ts';
import { measureDetection } from './detection.ts';
import { measureDownload } from './download.ts';
import { measureFanout } from './fan-out.ts';
import type { BenchResult } from './figures.ts';
import { measureGrowth } from './growth.ts';
import { measureHostileText } from './hostile-text.ts';
import { measureHosting } from './hosting.ts';
import { measureLatency } from './latency.ts';
import { measureList } from './list.ts';
import { measureNodes } from './nodes.ts';
import { measureOverhead } from './overhead.ts';
import { measureResults } from './results.ts';
import { measureStreams } from './streams.ts';
import { measureIntake } from './webhook-intake.ts';

const BENCHMARKS: Record<string, () => Promise<BenchResult[]>> = {
  download: measureDownload,
  latency: measureLatency,
  list: measureList,
  hosting: measureHosting,
  cohort: measureCohort,
  results: measureResults,
  detection: measureDetection,
  overhead: measureOverhead,
  intake: measureIntake,
  'hostile-text': measureHostileText,
  fanout: measureFanout,
  streams: measureStreams,
  growth: measureGrowth,
  nodes: measureNodes,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in BENCHMARKS));
if (unknown.length) throw new Error(`unknown benchmark ${unknown}: use ${Object.keys(BENCHMARKS).join(', ')}`);

const results: BenchResult[] = [];
for (const [name, measure] of Object.entries(BENCHMARKS))
  if (!names.length || names.includes(name)) results.push(...(await measure()));

console.table(
  results.map((result) => ({
    result: result.name,
    value: `${Number(result.value < 1 ? result.value.toPrecision(2) : result.value.toFixed(2))} ${result.unit}`,
    bound: describeBound(result),
  })),
);
console.log(JSON.stringify(results));

function describeBound({ value, bound, least }: BenchResult): string {
  if (bound !== undefined) return `at most ${bound}${value <= bound ? '' : ', missed'}`;
  return least === undefined ? '' : `at least ${least}${value >= least ? '' : ', missed'}`;
}
