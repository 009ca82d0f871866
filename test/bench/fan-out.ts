/**
 * Measures the time from a publish request until the last client receives the event. The proxy stores, applies, logs
 * and sends the event. The other servers only send the event. Each round measures every server, in a rotating order.
 * `FANOUT_STREAMS` sets the number of clients. The bounds hold for 5,000 clients.
 */
import { type SseLoad, startSseLoad } from '../support/sse-load.ts';
import { type BenchResult, median } from './figures.ts';
import { NO_NCHAN_MESSAGE, startNchan, startNodePeer } from './peers/peer.ts';
import { startProxyUnderTest } from './proxy-under-test.ts';

const STREAM_COUNT = Number(process.env['FANOUT_STREAMS'] ?? 5_000);
const WARM_UP_ROUNDS = 5;
const ROUNDS = 21;
/** The least acceptable ratio of each server's time to the proxy's time. */
const MIN_SPEED_RATIOS: Record<string, number> = { 'better-sse': 1.2, 'a bare node:http loop': 1, nchan: 0.7 };

const SESSION = {
  session_uuid: 'sess_0123456789abcdef0123',
  assessment_type: 'marketing',
  candidate_email: 'c0@example.com',
  candidate_name: 'Jane Smith',
  project_id: 'proj_abc123',
  candidate_url: 'https://evalon.example/take/0123456789abcdef0123456789abcdef',
  status: 'invited',
  invited_by: 'recruiter-1',
  invited_at: '2026-01-15T14:30:00.000Z',
  updated_at: '2026-01-15T14:30:00.000Z',
  last_event: 'session.seen_1',
};

interface Server {
  name: string;
  /** Publishes one event. Returns the latency of each client's frame in milliseconds. */
  publish(): Promise<number[]>;
}

/** Opens a stream for each client. Returns a function that publishes one event. */
async function connectClients(
  load: SseLoad,
  target: { url: string; path: string; tokens: readonly string[] },
  buildPublishRequest: () => { path: string; body: string },
) {
  await load.openStreams({
    ...target,
    streamCount: STREAM_COUNT,
    candidatesPerStream: 1,
    streamsPerCandidate: STREAM_COUNT,
  });
  return () => load.publish({ url: target.url, ...buildPublishRequest(), expectedFrames: STREAM_COUNT });
}

export async function measureFanout(): Promise<BenchResult[]> {
  const cleanups: (() => void | Promise<void>)[] = [];
  const servers: Server[] = [];
  const samples = new Map<string, number[]>();
  const startLoad = () => {
    const load = startSseLoad();
    cleanups.push(() => load.close());
    return load;
  };
  try {
    const proxy = await startProxyUnderTest();
    cleanups.push(() => proxy.stop());
    const publishToProxy = await connectClients(
      startLoad(),
      { url: proxy.url, path: '/v1/events', tokens: await proxy.mintTokens(STREAM_COUNT) },
      await proxy.createWebhookBuilder(SESSION.candidate_email),
    );
    servers.push({ name: 'the proxy', publish: publishToProxy });
    const publishRequest = { path: '/publish', body: JSON.stringify(SESSION) };
    for (const [name, title, tokens] of [
      ['better-sse', 'better-sse', []],
      // The bare server reads each client's candidates. A client posts them only if it has a token, even an empty one.
      ['bare', 'a bare node:http loop', ['']],
    ] as const) {
      const peer = await startNodePeer(name);
      cleanups.push(peer.stop);
      const target = { url: peer.url, path: '/events', tokens };
      servers.push({ name: title, publish: await connectClients(startLoad(), target, () => publishRequest) });
    }
    const nchan = await startNchan();
    if (nchan) {
      cleanups.push(nchan.stop);
      const target = { url: nchan.url, path: '/events', tokens: [] };
      servers.push({ name: 'nchan', publish: await connectClients(startLoad(), target, () => publishRequest) });
    } else console.log(`SKIPPED nchan: ${NO_NCHAN_MESSAGE}`);

    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      const first = round % servers.length;
      for (const { name, publish } of [...servers.slice(first), ...servers.slice(0, first)]) {
        const lastMs = Math.max(...(await publish()));
        if (round >= WARM_UP_ROUNDS) samples.set(name, [...(samples.get(name) ?? []), lastMs]);
      }
    }
  } finally {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  }
  const proxySamples = samples.get('the proxy') ?? [];
  return [...samples].flatMap(([name, values]): BenchResult[] => {
    const time = {
      name: `time of one event to ${STREAM_COUNT} clients, ${name}, median`,
      value: median(values),
      unit: 'ms',
    };
    if (values === proxySamples) return [time];
    const ratio = median(values.map((value, round) => value / (proxySamples[round] ?? Number.NaN)));
    return [
      time,
      {
        name: `the proxy's speed as a multiple of the speed of ${name}, median of ratios`,
        value: ratio,
        unit: 'x',
        least: MIN_SPEED_RATIOS[name] ?? 0,
      },
    ];
  });
}
