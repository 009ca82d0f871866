/**
 * The readers of a crowd, in a process of their own, so that a server pays for its writes and not for their reading.
 * One buffer serves all sockets: a chunk is counted and forgotten.
 */
import { connect, type Socket } from 'node:net';
import type { LoadCommand, LoadResult, PublishRequest, StreamLoad } from './sse-load.ts';

const buffer = Buffer.alloc(1024 * 1024);
const sockets: Socket[] = [];
let onFrames = (_count: number) => {};

/** Streams that are asked for at the same time. */
const AT_ONCE = 100;

function open({ host, port }: Address, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let accepted = false;
    const callback = (length: number): boolean => {
      const chunk = buffer.subarray(0, length);
      if (!accepted) {
        if (!chunk.includes(' 200 ')) reject(new Error(`a stream was refused: ${chunk.toString('utf8', 0, 600)}`));
        accepted = true;
        resolve();
      }
      let count = 0;
      for (let at = chunk.indexOf('data:'); at >= 0; at = chunk.indexOf('data:', at + 5)) count += 1;
      if (count) onFrames(count);
      return true;
    };
    const socket = connect({ host, port, noDelay: true, onread: { buffer, callback } });
    socket.once('error', reject).once('connect', () => socket.write(request));
    sockets.push(socket);
  });
}

interface Address {
  host: string;
  port: number;
}

function addressOf(url: string): Address & { authority: string } {
  const { hostname, port, host } = new URL(url);
  return { host: hostname, port: Number(port), authority: host };
}

async function openAll({ url, path, streamCount: streams, candidates, watchers, tokens }: StreamLoad): Promise<void> {
  const address = addressOf(url);
  const from = sockets.length;
  const request = (n: number): string => {
    const first = Math.floor(n / watchers) * candidates;
    const rows = Array.from({ length: candidates }, (_, k) => ({ candidate_email: `c${first + k}@example.com` }));
    const body = JSON.stringify({ candidates: rows });
    const token = tokens.length ? `authorization: Bearer ${tokens[n % tokens.length]}\r\n` : '';
    return `${tokens.length ? 'POST' : 'GET'} ${path} HTTP/1.1\r\nhost: ${address.authority}\r\naccept: text/event-stream\r\n${token}${
      tokens.length ? `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}` : '\r\n'
    }`;
  };
  for (let n = from; n < from + streams; n += AT_ONCE) {
    const length = Math.min(AT_ONCE, from + streams - n);
    await Promise.all(Array.from({ length }, (_, k) => open(address, request(n + k))));
  }
}

/** One connection for all publications: its cost is the same for every server. */
let publisher: Socket | undefined;

function publish({ url, path, body, expectedFrames: frames }: PublishRequest): Promise<number[]> {
  const { host, port, authority } = addressOf(url);
  publisher ??= connect({ host, port, noDelay: true });
  const socket = publisher;
  return new Promise((resolve, reject) => {
    const latencies: number[] = [];
    let answered = false;
    const timer = setTimeout(
      () => reject(new Error(`${latencies.length} of ${frames} frames came; answered: ${answered}`)),
      60_000,
    );
    const look = () => {
      if (!answered || latencies.length < frames) return;
      clearTimeout(timer);
      resolve(latencies);
    };
    socket.once('data', (chunk: Buffer) => {
      answered = true;
      if (!/^HTTP\/1.1 2/.test(chunk.toString('latin1', 0, 20))) reject(new Error(chunk.toString()));
      look();
    });
    onFrames = (count) => {
      const ms = performance.now() - start;
      for (let n = 0; n < count; n++) latencies.push(ms);
      if (latencies.length >= frames) look();
    };
    const start = performance.now();
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: ${authority}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}

process.on('message', (order: LoadCommand) => {
  const done = 'open' in order ? openAll(order.open).then(() => []) : publish(order.publish);
  const answer = (of: LoadResult) => process.send?.(of);
  done.then(
    (latencies) => answer({ latencies }),
    (error: unknown) => answer({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
