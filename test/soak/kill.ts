/**
 * Kills the proxy with SIGKILL at random moments under load. `ROUNDS` sets the number of kills. To repeat an earlier
 * run's random choices, set `SEED` to that run's seed.
 */
import type { InvariantReport } from '../support/kill/invariants.ts';
import { type KillOptions, runKillRounds } from '../support/kill/rounds.ts';
import { mustBeZero, reportInvariants } from './invariants.ts';
import type { SoakResult } from './soak-result.ts';

const DEFAULT_ROUNDS = 100;
const EVALON_RATE_PER_MINUTE = 150;
const BATCH_ROWS = 4;
const LARGE_BATCH_ROWS = 130;
/** The longest pause between two stages of an assessment. */
const MAX_STAGE_PAUSE_MS = 2_000;

export async function soakKill(): Promise<SoakResult[]> {
  const { report, results } = await measureKills(runKillRounds, {
    defaultRounds: DEFAULT_ROUNDS,
    callsPerMinute: EVALON_RATE_PER_MINUTE,
  });
  return [...results, mustBeZero('failed SQLite integrity checks', report.integrityCheck === 'ok' ? 0 : 1)];
}

/**
 * Runs the rounds with `ROUNDS` and `SEED` from the environment, and returns the results that every kill run reports.
 */
export async function measureKills<Report extends InvariantReport & { killsByMoment: object }>(
  runRounds: (options: KillOptions) => Promise<Report>,
  { defaultRounds, callsPerMinute }: { defaultRounds: number; callsPerMinute: number },
): Promise<{ report: Report; results: SoakResult[] }> {
  const rounds = Number(process.env['ROUNDS'] ?? defaultRounds);
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const report = await runRounds({
    rounds,
    seed,
    callsPerMinute,
    batchRows: BATCH_ROWS,
    largeBatchRows: LARGE_BATCH_ROWS,
    maxStagePauseMs: MAX_STAGE_PAUSE_MS,
    log: (line) => console.log(line),
  });
  console.log(`kills by moment: ${JSON.stringify(report.killsByMoment)}`);
  const results = [
    { what: 'seed', value: seed, unit: '' },
    { what: 'rounds', value: rounds, unit: '' },
    ...reportInvariants(report, callsPerMinute),
  ];
  return { report, results };
}
