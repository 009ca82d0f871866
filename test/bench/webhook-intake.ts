/**
 * Measures how many webhooks per second the proxy stores durably and acknowledges, relative to the same application
 * without a store. Both receive the same bursts in turn over persistent connections. Each burst starts after the proxy
 * has applied all earlier webhooks.
 */
import { waitFor } from '../support/eventually.ts';
import { startWebhookLoad } from '../support/webhook-load.ts';
import { type BenchResult, median } from './figures.ts';
import { startNodePeer } from './peers/peer.ts';
import { startProxyUnderTest } from './proxy-under-test.ts';

/** Enough connections that webhooks share commits. With few connections, the flush to disk dominates the result. */
const CONNECTIONS = 256;
const SESSIONS = 100;
const WEBHOOKS = 4_000;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 15;
/** The least acceptable ratio of the proxy's throughput to the throughput without a store. */
const MIN_THROUGHPUT_RATIO = 0.5;

export async function measureIntake(): Promise<BenchResult[]> {
  const proxy = await startProxyUnderTest();
  const load = startWebhookLoad();
  const peer = await startNodePeer('no-store', proxy.inMemorySettings);
  try {
    const webhookBuilders: (() => { path: string; body: string })[] = [];
    for (let n = 0; n < SESSIONS; n++) webhookBuilders.push(await proxy.createWebhookBuilder(`c${n}@example.com`));
    const servers = [
      { url: proxy.url, throughputs: [] as number[] },
      { url: peer.url, throughputs: [] as number[] },
    ] as const;
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (const { url, throughputs } of round % 2 ? servers : servers.toReversed()) {
        const webhooks = Array.from(
          { length: WEBHOOKS },
          (_, n) => webhookBuilders[n % SESSIONS]?.() ?? { path: '', body: '' },
        );
        const { durationMs } = await load.sendBurst({
          url,
          path: webhooks[0]?.path ?? '',
          bodies: webhooks.map(({ body }) => body),
          connectionCount: CONNECTIONS,
        });
        await waitFor(async () => (await proxy.countPendingWebhooks()) === 0, { timeoutMs: 60_000 });
        if (round >= WARM_UP_ROUNDS) throughputs.push((WEBHOOKS / durationMs) * 1_000);
      }
    }
    const [withStore, withoutStore] = servers.map(({ throughputs }) => throughputs);
    // Ratios compare values of the same round, because the load of the machine changes between rounds.
    const ratios = (withStore ?? []).map((throughput, round) => throughput / (withoutStore?.[round] ?? Number.NaN));
    return [
      { name: 'webhooks acknowledged, stored durably, median', value: median(withStore ?? []), unit: '/s' },
      { name: 'webhooks acknowledged, without a store, median', value: median(withoutStore ?? []), unit: '/s' },
      {
        name: 'throughput with durable storage relative to no store, median of ratios',
        value: median(ratios),
        unit: 'x',
        least: MIN_THROUGHPUT_RATIO,
      },
    ];
  } finally {
    load.close();
    peer.stop();
    await proxy.stop();
  }
}
