/** Readers that stop reading while megabytes are sent to each: what they cost the process, and everybody else. */
import { connect, type Socket } from 'node:net';
import { startSseLoad } from '../support/sse-load.ts';
import { type BenchResult, median } from './figures.ts';
import { readRssBytes } from './peers/peer.ts';
import { startProxyUnderTest } from './subject.ts';

const READERS = 50;
/** Bytes sent to each of them. */
const SENT = 8 * 1024 * 1024;
/** Bytes of a long frame, about. */
const LONG = 64 * 1024;
const MEMORY_BOUND = 20;
const WARM_UP = 40;

function stall(url: string, token: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const body = JSON.stringify({ candidates: [{ candidate_email: 'c0@example.com' }] });
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /v1/events HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('data', () => resolve(socket.pause()));
  });
}

export async function measureStalledReaders(): Promise<BenchResult[]> {
  const subject = await startProxyUnderTest();
  const crowd = startSseLoad();
  const readers: Socket[] = [];
  try {
    const { url, pid } = subject;
    const long = await subject.createSession(0);
    const small = await subject.createSession(1);
    const frame = await subject.enlargeFrames(0, LONG);
    const [token = ''] = await subject.mintTokens(1);
    // One reader in the crowd of each: of the long events, to know that they were sent, and of the others' small ones.
    await crowd.openStreams({ url, path: '/v1/events', streamCount: 2, candidates: 1, watchers: 1, tokens: [token] });
    const send = (next: typeof small) => crowd.publish({ url, ...next(), expectedFrames: 1 });
    for (let n = 0; n < WARM_UP; n++) await send(n % 2 ? long : small);
    for (let n = 0; n < READERS; n++) readers.push(await stall(url, token));
    const before = readRssBytes(pid);
    const alone: number[] = [];
    const beside: number[] = [];
    let most = before;
    for (let sent = 0; sent < SENT; sent += frame) {
      await send(long);
      beside.push(...(await send(small)));
      most = Math.max(most, readRssBytes(pid));
    }
    for (const reader of readers) reader.destroy();
    for (let n = 0; n < beside.length; n++) {
      await send(long);
      alone.push(...(await send(small)));
    }
    const top = (values: readonly number[]) =>
      values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
    return [
      {
        name: `memory that ${READERS} stalled readers add, at most`,
        value: (most - before) / 1024 / 1024,
        unit: 'MiB',
        bound: MEMORY_BOUND,
      },
      { name: 'event to another reader beside them, median', value: median(beside), unit: 'ms' },
      { name: 'event to another reader beside them, p99', value: top(beside), unit: 'ms' },
      { name: 'event to another reader without them, median', value: median(alone), unit: 'ms' },
      { name: 'event to another reader without them, p99', value: top(alone), unit: 'ms' },
    ];
  } finally {
    for (const reader of readers) reader.destroy();
    crowd.close();
    await subject.stop();
  }
}
