/** kill -9 at random moments, 100 rounds under load. `SEED` repeats the choices of an earlier run. */
import { killRounds } from '../support/kill/rounds.ts';
import type { Measured } from './measured.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 100);
const RATE = 150;
const [ROWS, LARGE] = [4, 130];
const STEP = 2_000;

export async function kill(): Promise<Measured[]> {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const killed = await killRounds({
    rounds: ROUNDS,
    seed,
    rate: RATE,
    rows: ROWS,
    large: LARGE,
    step: STEP,
    tell: (line) => console.log(line),
  });
  for (const wrong of [...killed.wrongJourneys, ...killed.wrongRows].slice(0, 20)) console.log(wrong);
  console.log(`moments: ${JSON.stringify(killed.moments)}; left over: ${JSON.stringify(killed.leftOver)}`);
  const none = (what: string, value: number): Measured => ({ what, value, unit: '', holds: value === 0 });
  return [
    { what: 'seed', value: seed, unit: '' },
    { what: 'rounds', value: ROUNDS, unit: '' },
    { what: 'webhooks acknowledged', value: killed.webhooks, unit: '', holds: killed.webhooks > 0 },
    {
      what: 'acknowledgements, copies included',
      value: killed.acknowledgements,
      unit: '',
      holds: killed.acknowledgements === 5 * killed.webhooks,
    },
    none('sessions with a webhook that was no change, or more than one, or out of order', killed.wrongJourneys.length),
    none('frames that a reader missed, saw twice or out of order', killed.wrongFrames),
    { what: 'rows of batches', value: killed.rows, unit: '' },
    none('rows without exactly one outcome', killed.wrongRows.length),
    none('sessions beyond one a person, at Evalon', killed.twiceAtEvalon),
    none('sessions beyond one a person, here', killed.twiceHere),
    none(
      'left undone in the database',
      Object.values(killed.leftOver).reduce((sum, left) => sum + Math.abs(left), 0),
    ),
    none('faults that SQLite finds', killed.integrity === 'ok' ? 0 : 1),
    { what: 'calls of Evalon', value: killed.calls, unit: '' },
    {
      what: `most calls in any minute, of ${RATE}`,
      value: killed.mostInAMinute,
      unit: '',
      holds: killed.mostInAMinute <= RATE,
    },
  ];
}
