/**
 * Webhooks acknowledged in a second: stored durably, and beside the same application without a store. Both are sent the
 * same bursts in turn over connections that are kept; what the proxy has to do afterwards ends before the next.
 */
import { waitFor } from '../support/eventually.ts';
import { startWebhookLoad } from '../support/webhook-load.ts';
import { type BenchResult, median } from './figures.ts';
import { startNodePeer } from './peers/peer.ts';
import { startProxyUnderTest } from './subject.ts';

/** Enough senders that a commit is shared: with few of them, the disk's flush is what is measured. */
const CONNECTIONS = 256;
const SESSIONS = 100;
const WEBHOOKS = 4_000;
const WARM_UP = 2;
const ROUNDS = 15;
const BOUND = 0.5;

export async function measureIntake(): Promise<BenchResult[]> {
  const subject = await startProxyUnderTest();
  const senders = startWebhookLoad();
  const peer = await startNodePeer('storeless', subject.inMemorySettings);
  try {
    const sessions: (() => { path: string; body: string })[] = [];
    for (let n = 0; n < SESSIONS; n++) sessions.push(await subject.createSession(n));
    const contestants = [
      { url: subject.url, speeds: [] as number[] },
      { url: peer.url, speeds: [] as number[] },
    ] as const;
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      for (const { url, speeds } of round % 2 ? contestants : contestants.toReversed()) {
        const webhooks = Array.from(
          { length: WEBHOOKS },
          (_, n) => sessions[n % SESSIONS]?.() ?? { path: '', body: '' },
        );
        const took = await senders.sendBurst({
          url,
          path: webhooks[0]?.path ?? '',
          bodies: webhooks.map(({ body }) => body),
          connections: CONNECTIONS,
        });
        await waitFor(async () => (await subject.countPendingWebhooks()) === 0, { timeoutMs: 60_000 });
        if (round >= WARM_UP) speeds.push((WEBHOOKS / took) * 1_000);
      }
    }
    const [own, storeless] = contestants.map(({ speeds }) => speeds);
    // Round by round: what else the machine does changes from one to the next.
    const ratios = (own ?? []).map((speed, round) => speed / (storeless?.[round] ?? Number.NaN));
    return [
      { name: 'webhooks acknowledged, stored durably, median', value: median(own ?? []), unit: '/s' },
      { name: 'webhooks acknowledged, without a store, median', value: median(storeless ?? []), unit: '/s' },
      {
        name: 'webhooks stored durably beside without a store, median of ratios',
        value: median(ratios),
        unit: 'x',
        least: BOUND,
      },
    ];
  } finally {
    senders.close();
    peer.stop();
    await subject.stop();
  }
}
