/** A company's own system: receives the proxy's webhooks, and verifies their signatures by Standard Webhooks. */
import type { TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { type FakeRequest, type FakeResponse, startFakeServer } from './ats/server.ts';

export const OUTBOUND_SECRET = `whsec_${Buffer.from('the outbound secret of tests').toString('base64')}`;

export interface ReceivedStatus {
  id: string;
  type: string;
  timestamp: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of every session
  data: any;
}

export interface WebhookReceiver {
  url: string;
  /** The webhooks with a valid signature, in the order of their arrival. */
  received: ReceivedStatus[];
  /** The number of requests whose signature is not valid. */
  forgedCount: number;
  /** Chooses the response to a webhook with a valid signature. Undefined: 200. */
  respond: ((status: ReceivedStatus) => FakeResponse | undefined) | undefined;
}

/** The tolerance of Standard Webhooks. */
const TOLERANCE_SECONDS = 300;

/** @param clock of the proxy. */
export async function startWebhookReceiver(
  test: Pick<TestContext, 'after'>,
  clock: { now(): number },
): Promise<WebhookReceiver> {
  const webhook = new Webhook(OUTBOUND_SECRET);

  /** Replaces the library's `verify`, which compares the timestamp with this machine's clock instead of the proxy's. */
  function isGenuine({ headers, body }: FakeRequest): boolean {
    const { 'webhook-id': id, 'webhook-timestamp': sentAt, 'webhook-signature': signatures } = headers;
    const signature = webhook.sign(String(id), new Date(Number(sentAt) * 1_000), body);
    const isRecent = Math.abs(clock.now() / 1_000 - Number(sentAt)) <= TOLERANCE_SECONDS;
    return isRecent && String(signatures).split(' ').includes(signature);
  }

  const server = await startFakeServer(test, (request) => {
    if (!isGenuine(request)) {
      receiver.forgedCount += 1;
      return { status: 401, body: {} };
    }
    const status = { id: String(request.headers['webhook-id']), ...JSON.parse(request.body) } as ReceivedStatus;
    receiver.received.push(status);
    return receiver.respond?.(status) ?? { status: 200, body: {} };
  });
  const receiver: WebhookReceiver = { url: `${server.url}/events`, received: [], forgedCount: 0, respond: undefined };
  return receiver;
}
