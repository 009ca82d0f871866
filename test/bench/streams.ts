/**
 * Measures the cost of open streams: the delay from a webhook to its five readers, among few and among many streams,
 * and the memory of each stream, relative to a bare node:http server with the same subscriptions.
 */
import { startSseLoad } from '../support/sse-load.ts';
import { type BenchResult, median } from './figures.ts';
import { readRssBytes, startNodePeer } from './peers/peer.ts';
import { startProxyUnderTest } from './proxy-under-test.ts';
import { measureStalledClients } from './stalled-clients.ts';

const FEW_STREAMS = 500;
const MANY_STREAMS = Number(process.env['STREAMS'] ?? 5_000);
/** Watched by the first streams. */
const FIRST_CANDIDATE = 'c0@example.com';
const CANDIDATES_PER_STREAM = 50;
const STREAMS_PER_CANDIDATE = 5;
const MEASURED_EVENTS = 200;
const WARM_UP_EVENTS = 20;
const MEMORY_ROUNDS = 3;
const MAX_P99_MS = 50;
const MAX_MEMORY_RATIO = 1.25;

async function measureLatencies(streamCount: number): Promise<number[]> {
  const subject = await startProxyUnderTest();
  const load = startSseLoad();
  try {
    const buildWebhook = await subject.createWebhookBuilder(FIRST_CANDIDATE);
    const tokens = await subject.mintTokens(streamCount);
    const { url } = subject;
    await load.openStreams({
      url,
      path: '/v1/events',
      streamCount,
      candidatesPerClient: CANDIDATES_PER_STREAM,
      clientsPerCandidate: STREAMS_PER_CANDIDATE,
      tokens,
    });
    const times: number[] = [];
    for (let n = 0; n < WARM_UP_EVENTS + MEASURED_EVENTS; n++) {
      const latencies = await load.publish({ url, ...buildWebhook(), expectedFrames: STREAMS_PER_CANDIDATE });
      if (n >= WARM_UP_EVENTS) times.push(...latencies);
    }
    return times.sort((a, b) => a - b);
  } finally {
    load.close();
    await subject.stop();
  }
}

/** Returns the bytes that each stream adds to the server's process. */
async function measureBytesPerStream(
  server: { url: string; pid: number },
  path: string,
  tokens: readonly string[],
): Promise<number> {
  const load = startSseLoad();
  const clients = {
    url: server.url,
    path,
    candidatesPerClient: CANDIDATES_PER_STREAM,
    clientsPerCandidate: STREAMS_PER_CANDIDATE,
    tokens,
  };
  try {
    await load.openStreams({ ...clients, streamCount: FEW_STREAMS });
    const before = readRssBytes(server.pid);
    await load.openStreams({ ...clients, streamCount: MANY_STREAMS });
    return (readRssBytes(server.pid) - before) / MANY_STREAMS;
  } finally {
    load.close();
  }
}

const p99 = (sorted: readonly number[]) => sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;

export async function measureStreams(): Promise<BenchResult[]> {
  const few = await measureLatencies(FEW_STREAMS);
  const many = await measureLatencies(MANY_STREAMS);
  const proxyBytes: number[] = [];
  const bareBytes: number[] = [];
  for (let round = 0; round < MEMORY_ROUNDS; round++) {
    const subject = await startProxyUnderTest();
    proxyBytes.push(
      await measureBytesPerStream(subject, '/v1/events', await subject.mintTokens(FEW_STREAMS + MANY_STREAMS)).finally(
        () => subject.stop(),
      ),
    );
    const peer = await startNodePeer('bare');
    bareBytes.push(await measureBytesPerStream(peer, '/events', ['']).finally(() => peer.stop()));
  }
  const ratio = median(proxyBytes) / median(bareBytes);
  return [
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${FEW_STREAMS} streams, median`,
      value: median(few),
      unit: 'ms',
    },
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${FEW_STREAMS} streams, p99`,
      value: p99(few),
      unit: 'ms',
      bound: MAX_P99_MS,
    },
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${MANY_STREAMS} streams, median`,
      value: median(many),
      unit: 'ms',
    },
    {
      name: `delay from a webhook to its ${STREAMS_PER_CANDIDATE} readers, among ${MANY_STREAMS} streams, p99`,
      value: p99(many),
      unit: 'ms',
      bound: MAX_P99_MS,
    },
    { name: 'memory per stream, the proxy, median', value: median(proxyBytes) / 1024, unit: 'KiB' },
    { name: 'memory per stream, a bare node:http loop, median', value: median(bareBytes) / 1024, unit: 'KiB' },
    { name: 'memory per stream, relative to a bare node:http loop', value: ratio, unit: 'x', bound: MAX_MEMORY_RATIO },
    ...(await measureStalledClients()),
  ];
}
