/**
 * Kills the proxy with SIGKILL at random moments under load. `ROUNDS` sets the number of kills. `SEED` repeats the
 * choices of an earlier run.
 */
import { runKillRounds } from '../support/kill/rounds.ts';
import type { SoakResult } from './measured.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 100);
const CALLS_PER_MINUTE = 150;
const BATCH_ROWS = 4;
const LARGE_BATCH_ROWS = 130;
const MAX_STEP_MS = 2_000;
const COPIES_OF_EACH_WEBHOOK = 5;

export async function soakKill(): Promise<SoakResult[]> {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const report = await runKillRounds({
    rounds: ROUNDS,
    seed,
    callsPerMinute: CALLS_PER_MINUTE,
    batchRows: BATCH_ROWS,
    largeBatchRows: LARGE_BATCH_ROWS,
    maxStepMs: MAX_STEP_MS,
    log: (line) => console.log(line),
  });
  for (const error of [...report.wrongSessions, ...report.wrongRows].slice(0, 20)) console.log(error);
  console.log(
    `moments: ${JSON.stringify(report.killsByMoment)}; unfinished: ${JSON.stringify(report.unfinishedCounts)}`,
  );
  const mustBeZero = (what: string, value: number): SoakResult => ({ what, value, unit: '', holds: value === 0 });
  const unfinishedCount = Object.values(report.unfinishedCounts).reduce((sum, count) => sum + Math.abs(count), 0);
  return [
    { what: 'seed', value: seed, unit: '' },
    { what: 'rounds', value: ROUNDS, unit: '' },
    { what: 'webhooks acknowledged', value: report.webhookCount, unit: '', holds: report.webhookCount > 0 },
    {
      what: 'acknowledgements, copies included',
      value: report.acknowledgementCount,
      unit: '',
      holds: report.acknowledgementCount === COPIES_OF_EACH_WEBHOOK * report.webhookCount,
    },
    mustBeZero('sessions with a webhook lost, applied twice or out of order', report.wrongSessions.length),
    mustBeZero('frames that a client missed, received twice or out of order', report.wrongFrameCount),
    { what: 'batch rows', value: report.rowCount, unit: '' },
    mustBeZero('batch rows without exactly one outcome', report.wrongRows.length),
    mustBeZero('duplicate sessions at Evalon', report.duplicatesAtEvalon),
    mustBeZero('duplicate sessions in the proxy', report.duplicatesInProxy),
    mustBeZero('unfinished rows in the database', unfinishedCount),
    mustBeZero('failed integrity check of SQLite', report.integrityCheck === 'ok' ? 0 : 1),
    { what: 'calls to Evalon', value: report.evalonCallCount, unit: '' },
    {
      what: `most calls in any minute, of ${CALLS_PER_MINUTE}`,
      value: report.maxCallsPerMinute,
      unit: '',
      holds: report.maxCallsPerMinute <= CALLS_PER_MINUTE,
    },
  ];
}
