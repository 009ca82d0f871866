/** SIGTERM under 1,000 streams. */
import { restartUnder } from '../support/restart.ts';
import type { Measured } from './measured.ts';

const STREAMS = 1_000;

export async function restart(): Promise<Measured[]> {
  const run = await restartUnder(STREAMS);
  return [
    { what: '/readyz right after SIGTERM', value: run.readiness, unit: '', holds: run.readiness === 503 },
    { what: 'exit code', value: run.exit ?? Number.NaN, unit: '', holds: run.exit === 0 },
    { what: 'from SIGTERM to the exit', value: run.exitAfter, unit: 'ms', holds: run.exitAfter < 25_000 },
    { what: 'streams', value: STREAMS, unit: '' },
    {
      what: 'most that came back in a second',
      value: run.mostInASecond,
      unit: '',
      holds: run.mostInASecond <= STREAMS / 10,
    },
    { what: 'from the exit until all were back', value: run.allBackAfter, unit: 'ms' },
    { what: 'attempts that found nobody', value: run.refused, unit: '' },
    { what: 'webhooks acknowledged meanwhile', value: run.acknowledged, unit: '', holds: run.acknowledged > 0 },
    { what: 'readers that missed one or saw one twice', value: run.incomplete, unit: '', holds: run.incomplete === 0 },
  ];
}
