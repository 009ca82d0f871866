/**
 * Kills nodes with SIGKILL at random moments under load. `ROUNDS` sets how often. To repeat an earlier run's random
 * choices, set `SEED` to that run's seed.
 */
import { runNodeKillRounds } from '../../support/kill/node-rounds.ts';
import { reportInvariants } from '../invariants.ts';
import type { SoakResult } from '../measured.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 50);
const EVALON_RATE_PER_MINUTE = 100;
const BATCH_ROWS = 4;
const LARGE_BATCH_ROWS = 130;
const MAX_STAGE_PAUSE_MS = 2_000;

export async function soakNodesKill(): Promise<SoakResult[]> {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const report = await runNodeKillRounds({
    rounds: ROUNDS,
    seed,
    callsPerMinute: EVALON_RATE_PER_MINUTE,
    batchRows: BATCH_ROWS,
    largeBatchRows: LARGE_BATCH_ROWS,
    maxStagePauseMs: MAX_STAGE_PAUSE_MS,
    log: (line) => console.log(line),
  });
  console.log(`kills by moment: ${JSON.stringify(report.killsByMoment)}`);
  return [
    { what: 'seed', value: seed, unit: '' },
    { what: 'rounds', value: ROUNDS, unit: '' },
    ...reportInvariants(report, EVALON_RATE_PER_MINUTE),
  ];
}
