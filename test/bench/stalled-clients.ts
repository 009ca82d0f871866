/**
 * Measures the effects of stalled clients, which open a stream and then stop reading: the proxy's memory, and the delay
 * of events to a client that reads.
 */
import { connect, type Socket } from 'node:net';
import { startSseLoad } from '../support/sse-load.ts';
import { type BenchResult, median } from './figures.ts';
import { readRssBytes } from './peers/peer.ts';
import { startProxyUnderTest } from './proxy-under-test.ts';

const STALLED_CLIENTS = 50;
/** The bytes that the proxy sends to each stalled client. */
const SENT_BYTES = 8 * 1024 * 1024;
/** Approximate size of a large frame. */
const LARGE_FRAME_BYTES = 64 * 1024;
const MAX_MEMORY_MIB = 20;
const WARM_UP_EVENTS = 40;
/** The candidate whose frames are large. The stalled clients watch this candidate. */
const LARGE_CANDIDATE = 'c0@example.com';
/** The candidate whose frames are small. */
const SMALL_CANDIDATE = 'c1@example.com';

/** Opens a stream and stops reading after the first bytes. */
function openStalledStream(url: string, token: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const body = JSON.stringify({ candidates: [{ candidate_email: LARGE_CANDIDATE }] });
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /v1/events HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('data', () => resolve(socket.pause()));
  });
}

export async function measureStalledClients(): Promise<BenchResult[]> {
  const proxy = await startProxyUnderTest();
  const load = startSseLoad();
  const stalled: Socket[] = [];
  try {
    const { url, pid } = proxy;
    const buildLargeEvent = await proxy.createWebhookBuilder(LARGE_CANDIDATE);
    const buildSmallEvent = await proxy.createWebhookBuilder(SMALL_CANDIDATE);
    const frameBytes = await proxy.enlargeFrames(LARGE_CANDIDATE, LARGE_FRAME_BYTES);
    const [token = ''] = await proxy.mintTokens(1);
    // One client for each candidate reads: the first confirms large events, the second measures small events.
    await load.openStreams({
      url,
      path: '/v1/events',
      streamCount: 2,
      candidatesPerStream: 1,
      streamsPerCandidate: 1,
      tokens: [token],
    });
    const send = (buildEvent: typeof buildSmallEvent) => load.publish({ url, ...buildEvent(), expectedFrames: 1 });
    for (let n = 0; n < WARM_UP_EVENTS; n++) await send(n % 2 ? buildLargeEvent : buildSmallEvent);

    /** Sends large and small events. Returns the delays of the small events, and the proxy's highest memory. */
    async function measureLoad(): Promise<{ delays: number[]; maxBytes: number }> {
      const delays: number[] = [];
      let maxBytes = 0;
      for (let sentBytes = 0; sentBytes < SENT_BYTES; sentBytes += frameBytes) {
        await send(buildLargeEvent);
        delays.push(...(await send(buildSmallEvent)));
        maxBytes = Math.max(maxBytes, readRssBytes(pid));
      }
      return { delays, maxBytes };
    }

    const withoutStalled = await measureLoad();
    for (let n = 0; n < STALLED_CLIENTS; n++) stalled.push(await openStalledStream(url, token));
    const withStalled = await measureLoad();
    const p99 = (values: readonly number[]) =>
      values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
    return [
      {
        name: `memory that ${STALLED_CLIENTS} stalled clients add`,
        value: (withStalled.maxBytes - withoutStalled.maxBytes) / 1024 / 1024,
        unit: 'MiB',
        bound: MAX_MEMORY_MIB,
      },
      {
        name: 'delay of an event to a reading client, with stalled clients, median',
        value: median(withStalled.delays),
        unit: 'ms',
      },
      {
        name: 'delay of an event to a reading client, with stalled clients, p99',
        value: p99(withStalled.delays),
        unit: 'ms',
      },
      {
        name: 'delay of an event to a reading client, without stalled clients, median',
        value: median(withoutStalled.delays),
        unit: 'ms',
      },
      {
        name: 'delay of an event to a reading client, without stalled clients, p99',
        value: p99(withoutStalled.delays),
        unit: 'ms',
      },
    ];
  } finally {
    for (const socket of stalled) socket.destroy();
    load.close();
    await proxy.stop();
  }
}
