/** Restarts the proxy under 1,000 streams. */
import { restartUnderLoad } from '../support/restart.ts';
import type { SoakResult } from './soak-result.ts';

const STREAM_COUNT = 1_000;
const MAX_EXIT_MS = 25_000;
/** The reconnects must spread over at least ten seconds. */
const MAX_RECONNECTS_PER_SECOND = STREAM_COUNT / 10;

export async function soakRestart(): Promise<SoakResult[]> {
  const report = await restartUnderLoad(STREAM_COUNT);
  return [
    {
      what: 'status of /readyz after SIGTERM',
      value: report.readyzStatus,
      unit: '',
      holds: report.readyzStatus === 503,
    },
    { what: 'exit code of the proxy', value: report.exitCode ?? Number.NaN, unit: '', holds: report.exitCode === 0 },
    {
      what: 'time from SIGTERM to the exit',
      value: report.exitAfterMs,
      unit: 'ms',
      holds: report.exitAfterMs < MAX_EXIT_MS,
    },
    { what: 'streams', value: STREAM_COUNT, unit: '' },
    {
      what: 'most reconnects in a second',
      value: report.maxReconnectsPerSecond,
      unit: '',
      holds: report.maxReconnectsPerSecond <= MAX_RECONNECTS_PER_SECOND,
    },
    { what: 'time from the exit until all streams reconnected', value: report.allReconnectedAfterMs, unit: 'ms' },
    { what: 'connection attempts without an accepted stream', value: report.failedAttemptCount, unit: '' },
    {
      what: 'webhooks acknowledged',
      value: report.acknowledgedWebhookCount,
      unit: '',
      holds: report.acknowledgedWebhookCount > 0,
    },
    {
      what: 'clients that missed a webhook or received one twice',
      value: report.incompleteClientCount,
      unit: '',
      holds: report.incompleteClientCount === 0,
    },
  ];
}
