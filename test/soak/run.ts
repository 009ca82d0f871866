/**
 * `npm run soak`: makes all soak runs, or only the named ones. Prints their results, and fails if a result does not
 * meet its requirement. The name `nodes` stands for all runs that begin with `nodes-`.
 */
import { soakCopy } from './copy.ts';
import { soakFuzz } from './fuzz.ts';
import { soakIdle } from './idle.ts';
import { soakKill } from './kill.ts';
import { soakNodesClicks } from './nodes/clicks.ts';
import { soakNodesFailover } from './nodes/failover.ts';
import { soakNodesKill } from './nodes/kill.ts';
import { soakNodesStreams } from './nodes/streams.ts';
import { soakOutbox } from './outbox.ts';
import { soakRate } from './rate.ts';
import { soakRestart } from './restart.ts';
import type { SoakResult } from './soak-result.ts';
import { soakStreams } from './streams.ts';

const RUNS: Record<string, () => Promise<SoakResult[]>> = {
  kill: soakKill,
  outbox: soakOutbox,
  streams: soakStreams,
  restart: soakRestart,
  idle: soakIdle,
  rate: soakRate,
  'nodes-streams': soakNodesStreams,
  'nodes-kill': soakNodesKill,
  'nodes-failover': soakNodesFailover,
  'nodes-clicks': soakNodesClicks,
  copy: soakCopy,
  fuzz: soakFuzz,
};

const names = process.argv.slice(2);
const matches = (name: string, run: string) => run === name || run.startsWith(`${name}-`);
const unknown = names.filter((name) => !Object.keys(RUNS).some((run) => matches(name, run)));
if (unknown.length) throw new Error(`unknown run ${unknown.join(', ')}: use ${Object.keys(RUNS).join(', ')}`);

let failures = 0;
for (const [name, run] of Object.entries(RUNS)) {
  if (names.length && !names.some((chosen) => matches(chosen, name))) continue;
  console.log(`\n── ${name}`);
  for (const { what, value, unit, holds } of await run()) {
    const mark = holds === undefined ? ' ' : holds ? '✔' : '✖';
    if (holds === false) failures += 1;
    console.log(`${mark} ${what}: ${Number(value.toFixed(2))} ${unit}`.trimEnd());
  }
}
console.log(
  failures ? `\n${failures} results do not meet their requirements` : '\nall results meet their requirements',
);
process.exit(failures ? 1 : 0);
