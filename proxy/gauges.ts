/** Gauges that read their value whenever Prometheus scrapes. */
import type { CallScheduler, SchedulerStatus } from './rate-limit/scheduler.ts';
import type { OutboxChannel } from './store/schema.ts';
import type { Store } from './store/store.ts';
import type { Broker } from './stream/broker.ts';
import type { Metrics } from './util/metrics.ts';

interface Sources {
  broker: Broker;
  store: Store;
  scheduler: CallScheduler;
}

export function registerGauges(metrics: Metrics, { broker, store, scheduler }: Sources): void {
  const countWebhooks = (state: 'pending' | 'failed') => () =>
    store.read((queries) => queries.webhooks.countByState(state));
  const countOutboxRows = (channel: OutboxChannel, state: 'pending' | 'failed') => () =>
    store.read((queries) => queries.outbox.countByState(channel, state));
  const readDiskUsage = (figure: 'bytes' | 'freeBytes') => async () =>
    (await store.readDiskUsage())?.[figure] ?? Number.NaN;
  const readRateLimit = (read: (status: SchedulerStatus) => number) => async () => read(await scheduler.status());
  const isWritable = () =>
    store.checkWritable().then(
      () => 1,
      () => 0,
    );

  const gauges: [name: string, help: string, read: () => number | Promise<number>][] = [
    ['evalon_database_writable', '1 while the database accepts writes', isWritable],
    ['evalon_database_bytes', 'Bytes of the database and its write-ahead log', readDiskUsage('bytes')],
    ['evalon_disk_free_bytes', "Free bytes on the database's disk", readDiskUsage('freeBytes')],
    ['evalon_streams', 'Open streams', () => broker.clientCount],
    [
      'evalon_webhooks_pending',
      'Acknowledged webhooks that are not applied yet, up to 100,000',
      countWebhooks('pending'),
    ],
    [
      'evalon_webhooks_dead_letter',
      'Webhooks that failed repeatedly and moved to the dead letters, up to 100,000',
      countWebhooks('failed'),
    ],
    [
      'evalon_ats_writes_pending',
      'Entries that wait to be written into an ATS, up to 100,000',
      countOutboxRows('ats', 'pending'),
    ],
    [
      'evalon_ats_writes_dead_letter',
      'Entries that could not be written into an ATS and moved to the dead letters, up to 100,000',
      countOutboxRows('ats', 'failed'),
    ],
    [
      'evalon_outbound_webhooks_pending',
      'Status changes that wait to be sent to OUTBOUND_WEBHOOK_URL, up to 100,000',
      countOutboxRows('webhook', 'pending'),
    ],
    [
      'evalon_outbound_webhooks_dead_letter',
      'Status changes that could not be sent to OUTBOUND_WEBHOOK_URL and moved to the dead letters, up to 100,000',
      countOutboxRows('webhook', 'failed'),
    ],
    [
      'evalon_partner_updates_pending',
      'Updates about ordered assessments that wait to be sent to an ATS, up to 100,000',
      countOutboxRows('partner', 'pending'),
    ],
    [
      'evalon_partner_updates_dead_letter',
      'Updates about ordered assessments that could not be sent and moved to the dead letters, up to 100,000',
      countOutboxRows('partner', 'failed'),
    ],
    [
      'evalon_stage_changes_pending',
      'Stage changes in an ATS that wait for an invite, up to 100,000',
      () => store.read(({ stageChanges }) => stageChanges.countPending()),
    ],
    [
      'evalon_webhooks_unrecognized',
      'Stored webhooks that are not understood',
      () => store.read(({ unrecognizedWebhooks }) => unrecognizedWebhooks.count()),
    ],
    [
      'evalon_batch_rows_queued',
      'Batch rows that wait for a call to Evalon, up to 100,000',
      () => store.read(({ batches }) => batches.countQueued()),
    ],
    [
      'evalon_rate_limit_remaining',
      'Calls to the Evalon API that the rate limit allows right now',
      readRateLimit(({ remaining }) => remaining),
    ],
    [
      'evalon_calls_waiting',
      'Calls to the Evalon API that wait for the rate limit',
      readRateLimit(({ waiting }) => waiting),
    ],
    [
      'evalon_invite_queue_wait_seconds',
      'Seconds that an invite clicked now would wait for the rate limit',
      readRateLimit(({ interactiveWaitMs }) => interactiveWaitMs / 1_000),
    ],
    [
      'evalon_cooldown_seconds',
      'Seconds until the cooldown after a 429 from Evalon ends',
      readRateLimit(({ cooldownMs }) => cooldownMs / 1_000),
    ],
    [
      'evalon_circuit_breaker_open',
      '1 while the circuit breaker is open or half-open because Evalon is down',
      readRateLimit(({ breaker }) => Number(breaker !== 'closed')),
    ],
  ];
  for (const [name, help, read] of gauges) metrics.registerGauge(name, help, read);
}
