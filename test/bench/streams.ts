/**
 * What an open stream costs: time until an event has reached its five watchers, among few streams and among many, and
 * memory, beside a bare node:http loop with the same subscriptions.
 */
import { startSseLoad } from '../support/sse-load.ts';
import { type BenchResult, median } from './figures.ts';
import { readRssBytes, startNodePeer } from './peers/peer.ts';
import { measureStalledReaders } from './stalled-clients.ts';
import { startProxyUnderTest } from './subject.ts';

const FEW = 500;
const MANY = Number(process.env['STREAMS'] ?? 5_000);
const CANDIDATES = 50;
const WATCHERS = 5;
/** Events whose way to their watchers is timed. */
const EVENTS = 200;
const WARM_UP = 20;
const MEMORY_ROUNDS = 3;
/** Milliseconds. */
const P99_BOUND = 50;
const MEMORY_BOUND = 1.25;

async function reach(streams: number): Promise<number[]> {
  const subject = await startProxyUnderTest();
  const crowd = startSseLoad();
  try {
    const next = await subject.createSession(0);
    const tokens = await subject.mintTokens(streams);
    const { url } = subject;
    await crowd.openStreams({
      url,
      path: '/v1/events',
      streamCount: streams,
      candidates: CANDIDATES,
      watchers: WATCHERS,
      tokens,
    });
    const times: number[] = [];
    for (let n = 0; n < WARM_UP + EVENTS; n++) {
      const latencies = await crowd.publish({ url, ...next(), expectedFrames: WATCHERS });
      if (n >= WARM_UP) times.push(...latencies);
    }
    return times.sort((a, b) => a - b);
  } finally {
    crowd.close();
    await subject.stop();
  }
}

/** Bytes that each stream adds to the process. */
async function memory(server: { url: string; pid: number }, path: string, tokens: readonly string[]): Promise<number> {
  const crowd = startSseLoad();
  const members = { url: server.url, path, candidates: CANDIDATES, watchers: WATCHERS, tokens };
  try {
    await crowd.openStreams({ ...members, streamCount: FEW });
    const before = readRssBytes(server.pid);
    await crowd.openStreams({ ...members, streamCount: MANY });
    return (readRssBytes(server.pid) - before) / MANY;
  } finally {
    crowd.close();
  }
}

const p99 = (sorted: readonly number[]) => sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;

export async function measureStreams(): Promise<BenchResult[]> {
  const few = await reach(FEW);
  const many = await reach(MANY);
  const own: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < MEMORY_ROUNDS; round++) {
    const subject = await startProxyUnderTest();
    own.push(await memory(subject, '/v1/events', await subject.mintTokens(FEW + MANY)).finally(() => subject.stop()));
    const peer = await startNodePeer('bare');
    bare.push(await memory(peer, '/events', ['']).finally(() => peer.stop()));
  }
  const ratio = median(own) / median(bare);
  return [
    { name: `event to ${WATCHERS} watchers among ${FEW} streams, median`, value: median(few), unit: 'ms' },
    { name: `event to ${WATCHERS} watchers among ${FEW} streams, p99`, value: p99(few), unit: 'ms', bound: P99_BOUND },
    { name: `event to ${WATCHERS} watchers among ${MANY} streams, median`, value: median(many), unit: 'ms' },
    {
      name: `event to ${WATCHERS} watchers among ${MANY} streams, p99`,
      value: p99(many),
      unit: 'ms',
      bound: P99_BOUND,
    },
    { name: 'memory a stream, the proxy, median', value: median(own) / 1024, unit: 'KiB' },
    { name: 'memory a stream, a bare node:http loop, median', value: median(bare) / 1024, unit: 'KiB' },
    { name: 'memory a stream beside a bare loop', value: ratio, unit: 'x', bound: MEMORY_BOUND },
    ...(await measureStalledReaders()),
  ];
}
