/** kill -9 of nodes at random moments under load. `ROUNDS` sets their number. `SEED` repeats the choices of an earlier run. */
import { runNodeKillRounds } from '../../support/kill/node-rounds.ts';
import { reportInvariants } from '../invariants.ts';
import type { SoakResult } from '../measured.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 50);
const CALLS_PER_MINUTE = 100;
const BATCH_ROWS = 4;
const LARGE_BATCH_ROWS = 130;
const MAX_STEP_MS = 2_000;

export async function soakNodesKill(): Promise<SoakResult[]> {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const report = await runNodeKillRounds({
    rounds: ROUNDS,
    seed,
    callsPerMinute: CALLS_PER_MINUTE,
    batchRows: BATCH_ROWS,
    largeBatchRows: LARGE_BATCH_ROWS,
    maxStepMs: MAX_STEP_MS,
    log: (line) => console.log(line),
  });
  console.log(`moments: ${JSON.stringify(report.killsByMoment)}`);
  return [
    { what: 'seed', value: seed, unit: '' },
    { what: 'rounds', value: ROUNDS, unit: '' },
    ...reportInvariants(report, CALLS_PER_MINUTE),
  ];
}
