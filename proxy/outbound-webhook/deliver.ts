/** Posts each status change to `OUTBOUND_WEBHOOK_URL`, signed by Standard Webhooks. */
import { Webhook } from 'standardwebhooks';
import type { Config } from '../config/config.ts';
import type { JobLoop } from '../jobs/job-loop.ts';
import { type DeliveryResult, startOutboxLoop } from '../jobs/outbox-loop.ts';
import type { OutboxRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { sendRequest } from '../util/send-request.ts';

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  random: () => number;
  metrics: Pick<Metrics, 'outboundWebhooks'>;
  config: () => Pick<Config, 'outboundWebhook'>;
}

export function startOutboundWebhook({ store, clock, log, random, metrics, config }: Options): JobLoop {
  // Prometheus sees a counter's first increase only if the counter was exported as 0 before.
  for (const outcome of ['delivered', 'retry', 'failed']) metrics.outboundWebhooks.inc({ outcome }, 0);

  async function deliver(row: OutboxRow, signal: AbortSignal): Promise<DeliveryResult> {
    const target = config().outboundWebhook;
    if (!target) return { outcome: 'failed', problem: 'not_configured' };
    const sentAt = new Date(clock.now());
    const id = getMessageId(row);
    const result = await sendRequest(
      {
        url: target.url,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'evalon-proxy',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
          'webhook-signature': target.secrets
            .map((secret) => new Webhook(secret).sign(id, sentAt, row.facts))
            .join(' '),
        },
        body: row.facts,
        signal,
      },
      clock.now(),
    );
    if (result.outcome === 'accepted') return { outcome: 'delivered' };
    return { outcome: 'retry', problem: result.reason, retryAfterSeconds: result.retryAfterSeconds };
  }

  /**
   * Returns the same id for each attempt, so that the receiver recognizes a repeat. Never reuses an id, even after an
   * erasure.
   */
  function getMessageId({ id, created_at }: OutboxRow): string {
    return `msg_${store.hash(JSON.stringify(['outbound webhook', id, created_at]))}`;
  }

  return startOutboxLoop({
    store,
    clock,
    log,
    random,
    channel: 'webhook',
    deliver: (row, _session, signal) => deliver(row, signal),
    onResult(row, result, { isDeadLetter }) {
      metrics.outboundWebhooks.inc({ outcome: isDeadLetter ? 'failed' : result.outcome });
      if (result.outcome === 'delivered' || !isDeadLetter) return;
      log.error(
        { alert: 'outbound_webhook_failed', problem: result.problem, session: store.hash(row.session_uuid) },
        'moved a status change for OUTBOUND_WEBHOOK_URL to the dead letters',
      );
    },
  });
}
