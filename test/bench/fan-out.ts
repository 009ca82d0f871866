/**
 * One event to all readers, through the whole proxy (webhook in, stored, applied, logged, sent), beside servers that
 * do no more than send: from the request that publishes to the last reader's frame. All are asked in each round, in an order that turns.
 * `FANOUT_STREAMS` chooses how many readers; the bounds are about 5,000.
 */
import { type SseLoad, startSseLoad } from '../support/sse-load.ts';
import { type BenchResult, median } from './figures.ts';
import { NO_NCHAN_MESSAGE, startNchan, startNodePeer } from './peers/peer.ts';
import { startProxyUnderTest } from './subject.ts';

const STREAMS = Number(process.env['FANOUT_STREAMS'] ?? 5_000);
const WARM_UP = 5;
const ROUNDS = 21;
/** How many times faster than each the proxy has to be. */
const BOUNDS: Record<string, number> = { 'better-sse': 1.2, 'a bare node:http loop': 1, nchan: 0.7 };

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

interface Contestant {
  name: string;
  publish(): Promise<number[]>;
}

async function join(
  crowd: SseLoad,
  url: string,
  next: () => { path: string; body: string },
  tokens: readonly string[],
) {
  const path = tokens.length && tokens[0] !== '' ? '/v1/events' : '/events';
  await crowd.openStreams({ url, path, streamCount: STREAMS, candidates: 1, watchers: STREAMS, tokens });
  return () => crowd.publish({ url, ...next(), expectedFrames: STREAMS });
}

export async function measureFanout(): Promise<BenchResult[]> {
  const ends: (() => void | Promise<void>)[] = [];
  const contestants: Contestant[] = [];
  const samples = new Map<string, number[]>();
  const gather = () => {
    const crowd = startSseLoad();
    ends.push(() => crowd.close());
    return crowd;
  };
  try {
    const subject = await startProxyUnderTest();
    ends.push(() => subject.stop());
    const proxy = await join(gather(), subject.url, await subject.createSession(0), await subject.mintTokens(STREAMS));
    contestants.push({ name: 'the proxy', publish: proxy });
    const body = JSON.stringify(SESSION);
    for (const [name, title, tokens] of [
      ['better-sse', 'better-sse', []],
      ['bare', 'a bare node:http loop', ['']],
    ] as const) {
      const peer = await startNodePeer(name);
      ends.push(peer.stop);
      contestants.push({
        name: title,
        publish: await join(gather(), peer.url, () => ({ path: '/publish', body }), tokens),
      });
    }
    const nchan = await startNchan();
    if (nchan) {
      ends.push(nchan.stop);
      contestants.push({
        name: 'nchan',
        publish: await join(gather(), nchan.url, () => ({ path: '/publish', body }), []),
      });
    } else console.log(`SKIPPED nchan: ${NO_NCHAN_MESSAGE}`);

    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const first = round % contestants.length;
      for (const { name, publish } of [...contestants.slice(first), ...contestants.slice(0, first)]) {
        const last = Math.max(...(await publish()));
        if (round >= WARM_UP) samples.set(name, [...(samples.get(name) ?? []), last]);
      }
    }
  } finally {
    for (const end of ends.reverse()) await end();
  }
  const own = samples.get('the proxy') ?? [];
  return [...samples].flatMap(([name, values]): BenchResult[] => {
    const time = { name: `one event to ${STREAMS} readers, ${name}, median`, value: median(values), unit: 'ms' };
    if (values === own) return [time];
    const ratio = median(values.map((value, round) => value / (own[round] ?? Number.NaN)));
    return [
      time,
      { name: `the proxy's speed beside ${name}, median of ratios`, value: ratio, unit: 'x', least: BOUNDS[name] ?? 0 },
    ];
  });
}
