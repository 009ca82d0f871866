/** Reports ordered assessments to the ATS: to Greenhouse that a result exists, to Ashby each status change. */
import { ANY_RESULTS, createAshbyCall } from '../ats/ashby-api.ts';
import { buildBasicAuthHeader } from '../ats/connector.ts';
import { AtsRateLimited, CredentialsRejected } from '../ats/errors.ts';
import { createAtsFetch } from '../ats/http.ts';
import type { Config } from '../config/config.ts';
import { isCallbackAllowed } from '../config/partners.ts';
import type { JobLoop } from '../jobs/job-loop.ts';
import { type DeliveryResult, startOutboxLoop } from '../jobs/outbox-loop.ts';
import type { WriteFacts } from '../sessions/enqueue-ats-writes.ts';
import type { OutboxRow, PartnerOrder } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { AtsRejected, AtsUnavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from '../util/metrics.ts';
import { buildUpdate } from './ashby.ts';
import { PARTNER_LABELS } from './caller.ts';

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  random: () => number;
  metrics: Pick<Metrics, 'partnerUpdates'>;
  config: () => Pick<Config, 'partners'>;
  /** The URL of a session's result page. */
  getResultUrl: (sessionUuid: string) => string;
}

export function startPartnerReports({ store, clock, log, random, metrics, config, getResultUrl }: Options): JobLoop {
  const fetchGreenhouse = createAtsFetch(PARTNER_LABELS.greenhouse, clock);
  const fetchAshby = createAtsFetch(PARTNER_LABELS.ashby, clock);

  /** Returns undefined if the ATS does not know the order any more. */
  async function reportToGreenhouse({ callback_url }: PartnerOrder, signal: AbortSignal) {
    const { partners } = config();
    const [key] = partners.keys.greenhouse ?? [];
    const url = callback_url ?? '';
    if (key === undefined) return NOT_CONFIGURED;
    if (!isCallbackAllowed(partners, url)) return { outcome: 'failed', problem: 'callback_refused' } as const;
    const headers = { authorization: buildBasicAuthHeader(key) };
    return (await fetchGreenhouse({ url, method: 'PATCH', headers, signal })) ? DELIVERED : undefined;
  }

  async function reportToAshby({ order_id, session_uuid }: PartnerOrder, row: OutboxRow, signal: AbortSignal) {
    const { ashbyApi } = config().partners;
    if (!ashbyApi) return NOT_CONFIGURED;
    const update = buildUpdate({
      orderId: order_id,
      facts: JSON.parse(row.facts) as WriteFacts,
      // Ashby requires ascending times. The version orders updates with the same `created_at`.
      at: Date.parse(row.created_at) + row.version,
      profileUrl: getResultUrl(session_uuid),
    });
    return (await createAshbyCall(ashbyApi, fetchAshby)('assessment.update', update, ANY_RESULTS, signal))
      ? DELIVERED
      : undefined;
  }

  async function deliver(row: OutboxRow, signal: AbortSignal): Promise<DeliveryResult> {
    const order = await store.read(({ partnerOrders }) => partnerOrders.get(row.target));
    if (!order) return { outcome: 'failed', problem: 'order_missing' };
    try {
      const result = await (order.ats === 'greenhouse'
        ? reportToGreenhouse(order, signal)
        : reportToAshby(order, row, signal));
      return result ?? { outcome: 'failed', problem: 'order_missing' };
    } catch (error) {
      return toResult(error);
    }
  }

  return startOutboxLoop({
    store,
    clock,
    log,
    random,
    channel: 'partner',
    deliver: (row, _session, signal) => deliver(row, signal),
    onResult(row, result, { isDeadLetter }) {
      metrics.partnerUpdates.inc({ outcome: isDeadLetter ? 'failed' : result.outcome });
      if (result.outcome === 'delivered' || !isDeadLetter) return;
      log.error(
        { alert: 'partner_update_failed', problem: result.problem, session: store.hash(row.session_uuid) },
        'moved an update about an ordered assessment to the dead letters',
      );
    },
  });
}

const DELIVERED = { outcome: 'delivered' } as const;
const NOT_CONFIGURED = { outcome: 'failed', problem: 'not_configured' } as const;

function toResult(error: unknown): DeliveryResult {
  // Of all refusals, only a refused key is worth a retry, because IT can correct the key.
  if (error instanceof CredentialsRejected) return { outcome: 'retry', problem: 'credentials', retryAfterSeconds: 0 };
  if (error instanceof AtsRejected) return { outcome: 'failed', problem: 'refused' };
  if (!(error instanceof AtsUnavailable)) throw error;
  const problem = error instanceof AtsRateLimited ? 'rate_limited' : 'unavailable';
  return { outcome: 'retry', problem, retryAfterSeconds: error.retryAfterSeconds ?? 0 };
}
