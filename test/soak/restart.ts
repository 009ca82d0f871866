/** SIGTERM under 1,000 streams. */
import { restartUnderLoad } from '../support/restart.ts';
import type { SoakResult } from './measured.ts';

const STREAMS = 1_000;

export async function soakRestart(): Promise<SoakResult[]> {
  const run = await restartUnderLoad(STREAMS);
  return [
    { what: '/readyz right after SIGTERM', value: run.readyzStatus, unit: '', holds: run.readyzStatus === 503 },
    { what: 'exit code', value: run.exitCode ?? Number.NaN, unit: '', holds: run.exitCode === 0 },
    { what: 'from SIGTERM to the exit', value: run.exitAfterMs, unit: 'ms', holds: run.exitAfterMs < 25_000 },
    { what: 'streams', value: STREAMS, unit: '' },
    {
      what: 'most that came back in a second',
      value: run.maxReconnectsPerSecond,
      unit: '',
      holds: run.maxReconnectsPerSecond <= STREAMS / 10,
    },
    { what: 'from the exit until all were back', value: run.allReconnectedAfterMs, unit: 'ms' },
    { what: 'attempts that found nobody', value: run.refusedConnections, unit: '' },
    {
      what: 'webhooks acknowledged meanwhile',
      value: run.acknowledgedWebhooks,
      unit: '',
      holds: run.acknowledgedWebhooks > 0,
    },
    {
      what: 'readers that missed one or saw one twice',
      value: run.incompleteClients,
      unit: '',
      holds: run.incompleteClients === 0,
    },
  ];
}
