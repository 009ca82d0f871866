/**
 * Measures the cost of open streams. The delay is the time from a webhook to its five readers, among few and among many
 * streams. The memory of each stream is relative to a bare node:http server with the same subscriptions.
 */
import { startSseLoad } from '../support/sse-load.ts';
import { type BenchResult, median } from './figures.ts';
import { readRssBytes, startNodePeer } from './peers/peer.ts';
import { startProxyUnderTest } from './proxy-under-test.ts';
import { measureStalledClients } from './stalled-clients.ts';

const FEW_STREAMS = 500;
const MANY_STREAMS = Number(process.env['STREAMS'] ?? 5_000);
/** The candidate whom the first streams watch. */
const FIRST_CANDIDATE = 'c0@example.com';
const CANDIDATES_PER_STREAM = 50;
const STREAMS_PER_CANDIDATE = 5;
const MEASURED_EVENTS = 200;
const WARM_UP_EVENTS = 20;
const MEMORY_ROUNDS = 3;
const MAX_P99_MS = 50;
const MAX_MEMORY_RATIO = 1.25;

/** Returns the sorted milliseconds from a webhook to each of its readers. */
async function measureLatencies(streamCount: number): Promise<number[]> {
  const proxy = await startProxyUnderTest();
  const load = startSseLoad();
  try {
    const buildWebhook = await proxy.createWebhookBuilder(FIRST_CANDIDATE);
    const tokens = await proxy.mintTokens(streamCount);
    const { url } = proxy;
    await load.openStreams({
      url,
      path: '/v1/events',
      streamCount,
      candidatesPerStream: CANDIDATES_PER_STREAM,
      streamsPerCandidate: STREAMS_PER_CANDIDATE,
      tokens,
    });
    const delaysMs: number[] = [];
    for (let n = 0; n < WARM_UP_EVENTS + MEASURED_EVENTS; n++) {
      const latencies = await load.publish({ url, ...buildWebhook(), expectedFrames: STREAMS_PER_CANDIDATE });
      if (n >= WARM_UP_EVENTS) delaysMs.push(...latencies);
    }
    return delaysMs.sort((a, b) => a - b);
  } finally {
    load.close();
    await proxy.stop();
  }
}

/** Returns the bytes that each stream adds to the server's process. */
async function measureBytesPerStream(
  server: { url: string; pid: number },
  path: string,
  tokens: readonly string[],
): Promise<number> {
  const load = startSseLoad();
  const streams = {
    url: server.url,
    path,
    candidatesPerStream: CANDIDATES_PER_STREAM,
    streamsPerCandidate: STREAMS_PER_CANDIDATE,
    tokens,
  };
  try {
    await load.openStreams({ ...streams, streamCount: FEW_STREAMS });
    const bytesBefore = readRssBytes(server.pid);
    await load.openStreams({ ...streams, streamCount: MANY_STREAMS });
    return (readRssBytes(server.pid) - bytesBefore) / MANY_STREAMS;
  } finally {
    load.close();
  }
}

const p99 = (sorted: readonly number[]) => sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;

export async function measureStreams(): Promise<BenchResult[]> {
  const delaysAmongFew = await measureLatencies(FEW_STREAMS);
  const delaysAmongMany = await measureLatencies(MANY_STREAMS);
  const proxyBytes: number[] = [];
  const bareBytes: number[] = [];
  for (let round = 0; round < MEMORY_ROUNDS; round++) {
    const proxy = await startProxyUnderTest();
    proxyBytes.push(
      await measureBytesPerStream(proxy, '/v1/events', await proxy.mintTokens(FEW_STREAMS + MANY_STREAMS)).finally(() =>
        proxy.stop(),
      ),
    );
    const peer = await startNodePeer('bare');
    // The clients post their candidates only if they have a token, even an empty one.
    bareBytes.push(await measureBytesPerStream(peer, '/events', ['']).finally(() => peer.stop()));
  }
  const ratio = median(proxyBytes) / median(bareBytes);
  return [
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${FEW_STREAMS} streams, median`,
      value: median(delaysAmongFew),
      unit: 'ms',
    },
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${FEW_STREAMS} streams, p99`,
      value: p99(delaysAmongFew),
      unit: 'ms',
      bound: MAX_P99_MS,
    },
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${MANY_STREAMS} streams, median`,
      value: median(delaysAmongMany),
      unit: 'ms',
    },
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${MANY_STREAMS} streams, p99`,
      value: p99(delaysAmongMany),
      unit: 'ms',
      bound: MAX_P99_MS,
    },
    { name: 'memory per stream, the proxy, median', value: median(proxyBytes) / 1024, unit: 'KiB' },
    { name: 'memory per stream, a bare node:http loop, median', value: median(bareBytes) / 1024, unit: 'KiB' },
    { name: 'memory per stream, relative to a bare node:http loop', value: ratio, unit: 'x', bound: MAX_MEMORY_RATIO },
    ...(await measureStalledClients()),
  ];
}
