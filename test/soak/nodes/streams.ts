/** 300 readers drop their streams and resume on other nodes, while three nodes receive 1,500 webhooks a second. */
import { createRecruiterPool, type SseFrame } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { startNodes } from '../../support/nodes/nodes.ts';
import { createPostgresDatabase } from '../../support/postgres.ts';
import { webhookUrl } from '../../support/proxy.ts';
import { type ResumingClient, startResumingClient } from '../../support/resuming-client.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { mintToken } from '../../support/token.ts';
import { startWebhookLoad } from '../../support/webhook-load.ts';
import { mustBeZero } from '../invariants.ts';
import type { SoakResult } from '../soak-result.ts';

const NODES = 3;
const EVENTS = 6_000;
const EVENTS_PER_SECOND = 1_500;
const READERS = 300;
const SESSIONS = 300;
const CANDIDATES_PER_READER = 10;
const RECRUITERS = 10;
const WEBHOOK_CONNECTIONS = 64;
/** A reader drops its stream after at most this many frames. */
const MAX_STREAM_FRAMES = 40;
const CONCURRENT_INVITES = 10;
const RETRY_MS = 50;
const TOKEN_LIFETIME_SECONDS = 900;
const DELIVERY_DEADLINE_MS = 300_000;

interface Reader {
  client: ResumingClient;
  candidates: { candidate_email: string }[];
  /** How many times this reader resumed on another node. */
  readonly moves: number;
}

export async function soakNodesStreams(): Promise<SoakResult[]> {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const random = createSeededRandom(seed);
  const evalon = await startEvalon();
  const database = await createPostgresDatabase();
  const nodes = await startNodes(evalon, { size: NODES, databaseUrl: database.url });
  const { urls } = nodes;
  const senders = urls.map(() => startWebhookLoad());
  const readers: Reader[] = [];
  try {
    const pickRecruiter = await createRecruiterPool(urls[0] ?? '', RECRUITERS);
    const candidates = Array.from({ length: SESSIONS }, (_, n) => ({ candidate_email: `c${n}@example.com` }));
    const sessionUuids: string[] = [];
    /** Invites the candidate with the index `first`, and then every candidate `CONCURRENT_INVITES` places on. */
    const inviteFrom = async (first: number) => {
      for (let n = first; n < SESSIONS; n += CONCURRENT_INVITES)
        sessionUuids[n] = (await pickRecruiter().invite(candidates[n])).body.session_uuid;
    };
    await Promise.all(Array.from({ length: CONCURRENT_INVITES }, (_, first) => inviteFrom(first)));
    const { cursor } = (await pickRecruiter().query(...candidates)).body;
    for (let n = 0; n < READERS; n++) {
      const first = n * CANDIDATES_PER_READER;
      const readerCandidates = Array.from(
        { length: CANDIDATES_PER_READER },
        (_, k) => candidates[(first + k) % SESSIONS] ?? { candidate_email: '' },
      );
      readers.push(
        await startReader(urls, random, { candidates: readerCandidates, cursor, recruiterNumber: n % RECRUITERS }),
      );
    }
    await waitFor(() => readers.every(({ client }) => client.acceptedAt.length > 0), { timeoutMs: 60_000 });

    const start = performance.now();
    const bursts = await Promise.all(
      senders.map((sender, node) => {
        const bodies = Array.from({ length: EVENTS / NODES }, (_, n) => {
          const event = n * NODES + node;
          return JSON.stringify({ event: `session.seen_${event}`, session_uuid: sessionUuids[event % SESSIONS] });
        });
        const url = urls[node] ?? '';
        const path = new URL(webhookUrl(url)).pathname;
        const perSecond = EVENTS_PER_SECOND / NODES;
        return sender.sendBurst({
          url,
          path,
          bodies,
          connectionCount: WEBHOOK_CONNECTIONS,
          perSecond,
          retriesRefused: true,
        });
      }),
    );
    console.log(`acknowledged after ${((performance.now() - start) / 1_000).toFixed(1)} s`);
    const framesPerReader = (EVENTS / SESSIONS) * CANDIDATES_PER_READER;
    const isComplete = ({ client }: Reader) => client.frames.length >= framesPerReader;
    await waitFor(() => readers.every(isComplete), { timeoutMs: DELIVERY_DEADLINE_MS, intervalMs: 100 }).catch(
      () => {},
    );
    const deliveredMs = performance.now() - start;

    const log = await readLog(pickRecruiter(), candidates, cursor);
    const eventsInLog = new Set(log.map(({ data }) => data.last_event));
    const sent = Array.from({ length: EVENTS }, (_, n) => `session.seen_${n}`);
    const wrongReaders = readers.filter((reader) => !hasExactly(reader, log));
    for (const reader of wrongReaders.slice(0, 3)) console.log(describeDifference(reader, log));
    const moves = readers.reduce((sum, reader) => sum + reader.moves, 0);
    const resets = readers.flatMap(({ client }) => client.frames.filter(({ event }) => event === 'reset'));
    return [
      { what: 'seed', value: seed, unit: '' },
      { what: 'webhooks acknowledged', value: EVENTS, unit: '' },
      {
        what: 'time until all webhooks are acknowledged',
        value: Math.max(...bursts.map(({ durationMs }) => durationMs)) / 1_000,
        unit: 's',
      },
      {
        what: 'webhooks refused and sent again',
        value: bursts.reduce((sum, { refusedCount }) => sum + refusedCount, 0),
        unit: '',
      },
      { what: 'time until all frames are delivered', value: deliveredMs / 1_000, unit: 's' },
      { what: 'frames delivered', value: readers.reduce((sum, { client }) => sum + client.frames.length, 0), unit: '' },
      // On average, each reader must move more than once.
      { what: 'streams that resumed on another node', value: moves, unit: '', holds: moves > READERS },
      mustBeZero('acknowledged webhooks without an event', sent.filter((event) => !eventsInLog.has(event)).length),
      mustBeZero('webhooks with two events', log.length - eventsInLog.size),
      mustBeZero('readers that missed an event, or received one twice or out of order', wrongReaders.length),
      mustBeZero('resets', resets.length),
    ];
  } finally {
    for (const { client } of readers) client.close();
    for (const sender of senders) sender.close();
    await nodes.close();
    await evalon.close();
    await database.drop();
  }
}

async function startReader(
  urls: readonly string[],
  random: () => number,
  {
    candidates,
    cursor,
    recruiterNumber,
  }: { candidates: Reader['candidates']; cursor: string; recruiterNumber: number },
): Promise<Reader> {
  const exp = Math.floor(Date.now() / 1_000) + TOKEN_LIFETIME_SECONDS;
  const token = await mintToken({ sub: `recruiter-${recruiterNumber}`, exp });
  let previous: string | undefined;
  let moves = 0;
  const pickUrl = () => {
    const url = urls[Math.floor(random() * urls.length)] ?? '';
    if (previous && url !== previous) moves += 1;
    previous = url;
    return url;
  };
  const pickFrameCount = () => Math.ceil(random() * MAX_STREAM_FRAMES);
  let framesLeft = pickFrameCount();
  const onFrame = () => {
    framesLeft -= 1;
    if (framesLeft > 0) return;
    framesLeft = pickFrameCount();
    client.disconnect();
  };
  const client = startResumingClient(pickUrl, { token, candidates, cursor, defaultRetryMs: RETRY_MS, onFrame });
  return {
    client,
    candidates,
    get moves() {
      return moves;
    },
  };
}

type Recruiter = ReturnType<Awaited<ReturnType<typeof createRecruiterPool>>>;

async function readLog(recruiter: Recruiter, candidates: Reader['candidates'], cursor: string): Promise<SseFrame[]> {
  const stream = await recruiter.openStream(candidates, cursor);
  await waitFor(() => stream.frames.length >= EVENTS, { timeoutMs: DELIVERY_DEADLINE_MS, intervalMs: 100 }).catch(
    () => {},
  );
  stream.close();
  return stream.frames;
}

/** Returns whether the reader received each event of its candidates once, in the order of the log. */
function hasExactly({ client, candidates }: Reader, log: readonly SseFrame[]): boolean {
  const emails = new Set(candidates.map(({ candidate_email }) => candidate_email));
  const toText = ({ id, data }: SseFrame) => `${id} ${data.session_uuid} ${data.last_event}`;
  const expected = log.filter(({ data }) => emails.has(data.candidate_email)).map(toText);
  return expected.length > 0 && String(client.frames.map(toText)) === String(expected);
}

/** Describes the first difference between the reader's frames and the log. */
function describeDifference({ client, candidates }: Reader, log: readonly SseFrame[]): string {
  const emails = new Set(candidates.map(({ candidate_email }) => candidate_email));
  const expected = log.filter(({ data }) => emails.has(data.candidate_email)).map(({ id }) => id);
  const received = client.frames.map(({ id }) => id);
  const at = received.findIndex((id, index) => id !== expected[index]);
  const index = at < 0 ? received.length : at;
  return `received ${received.length} of ${expected.length} frames; after ${expected.slice(index - 2, index)} expected ${expected.slice(index, index + 3)}; received ${received.slice(index, index + 3)}`;
}
