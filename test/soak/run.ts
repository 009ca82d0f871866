/** `npm run soak`: the long runs, or those that are named. Prints what each measured; fails when one broke what must hold. */
import { firefox } from './firefox.ts';
import { fuzz } from './fuzz.ts';
import { idle } from './idle.ts';
import { kill } from './kill.ts';
import type { Measured } from './measured.ts';
import { rate } from './rate.ts';
import { restart } from './restart.ts';
import { streams } from './streams.ts';

const RUNS: Record<string, () => Promise<Measured[]>> = { kill, streams, restart, idle, rate, fuzz, firefox };

const named = process.argv.slice(2);
let broken = 0;
for (const name of named.length ? named : Object.keys(RUNS)) {
  const run = RUNS[name];
  if (!run) throw new Error(`there is no run ${name}, only ${Object.keys(RUNS).join(', ')}`);
  console.log(`\n── ${name}`);
  for (const { what, value, unit, holds } of await run()) {
    const mark = holds === undefined ? ' ' : holds ? '✔' : '✖';
    if (holds === false) broken += 1;
    console.log(`${mark} ${what}: ${Number(value.toFixed(2))} ${unit}`.trimEnd());
  }
}
console.log(broken ? `\n${broken} did not hold` : '\nall held');
process.exit(broken ? 1 : 0);
