/** `npm run soak`: the long runs, or those that are named. Prints what each measured; fails when one broke what must hold. */
import { soakFirefox } from './firefox.ts';
import { soakFuzz } from './fuzz.ts';
import { soakIdle } from './idle.ts';
import { soakKill } from './kill.ts';
import type { SoakResult } from './measured.ts';
import { soakRate } from './rate.ts';
import { soakRestart } from './restart.ts';
import { soakStreams } from './streams.ts';

const RUNS: Record<string, () => Promise<SoakResult[]>> = {
  kill: soakKill,
  streams: soakStreams,
  restart: soakRestart,
  idle: soakIdle,
  rate: soakRate,
  fuzz: soakFuzz,
  firefox: soakFirefox,
};

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
