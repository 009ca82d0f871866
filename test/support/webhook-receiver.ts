/** A company's own system: receives the proxy's webhooks, and verifies their signatures by Standard Webhooks. */
import type { TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { type FakeRequest, type FakeResponse, startFakeServer } from './ats/server.ts';

export const OUTBOUND_SECRET = `whsec_${Buffer.from('the outbound secret of tests').toString('base64')}`;

export interface ReceivedWebhook {
  id: string;
  type: string;
  timestamp: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read data of every shape
  data: any;
}

export interface WebhookReceiver {
  url: string;
  /** The accepted webhooks, in the order of their arrival. */
  received: ReceivedWebhook[];
  /** The number of requests with an invalid signature, or with a time too far from the proxy's clock. */
  rejectedCount: number;
  /** Chooses the response to an accepted webhook. Undefined: 200. */
  respond: ((webhook: ReceivedWebhook) => FakeResponse | undefined) | undefined;
}

/** Standard Webhooks permits a timestamp that differs this much from the clock. */
const TOLERANCE_SECONDS = 300;

/** @param clock the proxy's clock. */
export async function startWebhookReceiver(
  test: Pick<TestContext, 'after'>,
  clock: { now(): number },
): Promise<WebhookReceiver> {
  const signer = new Webhook(OUTBOUND_SECRET);

  /** Replaces the library's `verify`, which compares the timestamp with this machine's clock instead of the proxy's. */
  function isGenuine({ headers, body }: FakeRequest): boolean {
    const { 'webhook-id': id, 'webhook-timestamp': sentAt, 'webhook-signature': signatures } = headers;
    const signature = signer.sign(String(id), new Date(Number(sentAt) * 1_000), body);
    const isInTolerance = Math.abs(clock.now() / 1_000 - Number(sentAt)) <= TOLERANCE_SECONDS;
    return isInTolerance && String(signatures).split(' ').includes(signature);
  }

  const server = await startFakeServer(test, (request) => {
    if (!isGenuine(request)) {
      receiver.rejectedCount += 1;
      return { status: 401, body: {} };
    }
    const webhook = { id: String(request.headers['webhook-id']), ...JSON.parse(request.body) } as ReceivedWebhook;
    receiver.received.push(webhook);
    return receiver.respond?.(webhook) ?? { status: 200, body: {} };
  });
  const receiver: WebhookReceiver = { url: `${server.url}/events`, received: [], rejectedCount: 0, respond: undefined };
  return receiver;
}
