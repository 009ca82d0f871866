/** kill -9 at random moments, 100 rounds under load. `SEED` repeats the choices of an earlier run. */
import { runKillRounds } from '../support/kill/rounds.ts';
import type { SoakResult } from './measured.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 100);
const RATE = 150;
const [ROWS, LARGE] = [4, 130];
const STEP = 2_000;

export async function soakKill(): Promise<SoakResult[]> {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const killed = await runKillRounds({
    rounds: ROUNDS,
    seed,
    callsPerMinute: RATE,
    batchRows: ROWS,
    largeBatchRows: LARGE,
    maxStepMs: STEP,
    log: (line) => console.log(line),
  });
  for (const wrong of [...killed.wrongSessions, ...killed.wrongRows].slice(0, 20)) console.log(wrong);
  console.log(
    `moments: ${JSON.stringify(killed.killsByMoment)}; left over: ${JSON.stringify(killed.unfinishedCounts)}`,
  );
  const none = (what: string, value: number): SoakResult => ({ what, value, unit: '', holds: value === 0 });
  return [
    { what: 'seed', value: seed, unit: '' },
    { what: 'rounds', value: ROUNDS, unit: '' },
    { what: 'webhooks acknowledged', value: killed.webhookCount, unit: '', holds: killed.webhookCount > 0 },
    {
      what: 'acknowledgements, copies included',
      value: killed.acknowledgementCount,
      unit: '',
      holds: killed.acknowledgementCount === 5 * killed.webhookCount,
    },
    none('sessions with a webhook that was no change, or more than one, or out of order', killed.wrongSessions.length),
    none('frames that a reader missed, saw twice or out of order', killed.wrongFrameCount),
    { what: 'rows of batches', value: killed.rowCount, unit: '' },
    none('rows without exactly one outcome', killed.wrongRows.length),
    none('sessions beyond one a person, at Evalon', killed.duplicatesAtEvalon),
    none('sessions beyond one a person, here', killed.duplicatesInProxy),
    none(
      'left undone in the database',
      Object.values(killed.unfinishedCounts).reduce((sum, left) => sum + Math.abs(left), 0),
    ),
    none('faults that SQLite finds', killed.integrityCheck === 'ok' ? 0 : 1),
    { what: 'calls of Evalon', value: killed.evalonCallCount, unit: '' },
    {
      what: `most calls in any minute, of ${RATE}`,
      value: killed.maxCallsPerMinute,
      unit: '',
      holds: killed.maxCallsPerMinute <= RATE,
    },
  ];
}
