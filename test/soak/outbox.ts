/**
 * Kills the proxy with SIGKILL at random moments while it writes into ATSs that respond slowly, refuse, respond with
 * HTML, or do the work without a response. `ROUNDS` sets the number of kills. To repeat an earlier run's random
 * choices, set `SEED` to that run's seed.
 */
import { runOutboxKillRounds } from '../support/outbox/kill-rounds.ts';
import { mustBeZero } from './invariants.ts';
import type { SoakResult } from './soak-result.ts';

const DEFAULT_ROUNDS = 50;

export async function soakOutbox(): Promise<SoakResult[]> {
  const rounds = Number(process.env['ROUNDS'] ?? DEFAULT_ROUNDS);
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const report = await runOutboxKillRounds({ rounds, seed, log: (line) => console.log(line) });
  const errors = [...report.undelivered, ...report.missing, ...report.unreportedDuplicates, ...report.wrongSessions];
  for (const error of errors.slice(0, 20)) console.log(error);
  return [
    { what: 'seed', value: seed, unit: '' },
    { what: 'rounds', value: rounds, unit: '' },
    { what: 'sessions', value: report.sessionCount, unit: '', holds: report.sessionCount > 0 },
    { what: 'writes in the outbox', value: report.writeCount, unit: '' },
    {
      what: 'writes that took several attempts',
      value: report.retriedCount,
      unit: '',
      holds: report.retriedCount > 0,
    },
    mustBeZero('writes that are not delivered', report.undelivered.length),
    mustBeZero('sessions without exactly an invite and a result', report.wrongSessions.length),
    mustBeZero('delivered writes that the ATS does not have', report.missing.length),
    mustBeZero('sessions whose writes are out of order', report.outOfOrder.length),
    { what: 'writes that the ATS has twice', value: report.duplicates.length, unit: '' },
    mustBeZero('writes that the ATS has twice without a report by the proxy', report.unreportedDuplicates.length),
    mustBeZero('writes that the ATS has twice although no response was lost', report.unexplainedDuplicates.length),
    { what: 'writes that the proxy reports as possible duplicates', value: report.reportedCount, unit: '' },
  ];
}
