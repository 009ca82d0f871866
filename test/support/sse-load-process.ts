/**
 * Opens the SSE streams of a load test. Runs in a separate process, so that the reads use no CPU time of the measured
 * server. All sockets share one buffer: the process counts the frames of each chunk, and then discards the chunk.
 */
import { connect, type Socket } from 'node:net';
import type { LoadCommand, LoadResult, PublishRequest, StreamLoad } from './sse-load.ts';

const buffer = Buffer.alloc(1024 * 1024);
const sockets: Socket[] = [];
let onFrames = (_count: number) => {};

const MAX_CONCURRENT_REQUESTS = 100;
const PUBLISH_TIMEOUT_MS = 60_000;

function openStream({ host, port }: Address, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let isAccepted = false;
    const callback = (length: number): boolean => {
      const chunk = buffer.subarray(0, length);
      if (!isAccepted) {
        if (!chunk.includes(' 200 '))
          reject(new Error(`the server refused a stream: ${chunk.toString('utf8', 0, 600)}`));
        isAccepted = true;
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

function parseAddress(url: string): Address & { authority: string } {
  const { hostname, port, host } = new URL(url);
  return { host: hostname, port: Number(port), authority: host };
}

async function openAll({
  url,
  path,
  streamCount,
  candidatesPerStream,
  streamsPerCandidate,
  tokens,
}: StreamLoad): Promise<void> {
  const address = parseAddress(url);
  const firstStream = sockets.length;
  const buildRequest = (n: number): string => {
    const first = Math.floor(n / streamsPerCandidate) * candidatesPerStream;
    const candidates = Array.from({ length: candidatesPerStream }, (_, k) => ({
      candidate_email: `c${first + k}@example.com`,
    }));
    const body = JSON.stringify({ candidates });
    const token = tokens.length ? `authorization: Bearer ${tokens[n % tokens.length]}\r\n` : '';
    return `${tokens.length ? 'POST' : 'GET'} ${path} HTTP/1.1\r\nhost: ${address.authority}\r\naccept: text/event-stream\r\n${token}${
      tokens.length ? `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}` : '\r\n'
    }`;
  };
  for (let n = firstStream; n < firstStream + streamCount; n += MAX_CONCURRENT_REQUESTS) {
    const length = Math.min(MAX_CONCURRENT_REQUESTS, firstStream + streamCount - n);
    await Promise.all(Array.from({ length }, (_, k) => openStream(address, buildRequest(n + k))));
  }
}

/** The one connection for all events, so that publishing costs the same for every server. */
let publisher: Socket | undefined;

function publish({ url, path, body, expectedFrames }: PublishRequest): Promise<number[]> {
  const { host, port, authority } = parseAddress(url);
  publisher ??= connect({ host, port, noDelay: true });
  const socket = publisher;
  return new Promise((resolve, reject) => {
    const latencies: number[] = [];
    let isAccepted = false;
    const timer = setTimeout(
      () => reject(new Error(`received ${latencies.length} of ${expectedFrames} frames; accepted: ${isAccepted}`)),
      PUBLISH_TIMEOUT_MS,
    );
    const check = () => {
      if (!isAccepted || latencies.length < expectedFrames) return;
      clearTimeout(timer);
      resolve(latencies);
    };
    socket.once('data', (chunk: Buffer) => {
      isAccepted = true;
      if (!/^HTTP\/1.1 2/.test(chunk.toString('latin1', 0, 20))) reject(new Error(chunk.toString()));
      check();
    });
    onFrames = (count) => {
      const ms = performance.now() - startedAt;
      for (let n = 0; n < count; n++) latencies.push(ms);
      if (latencies.length >= expectedFrames) check();
    };
    const startedAt = performance.now();
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: ${authority}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}

process.on('message', (command: LoadCommand) => {
  const running = 'open' in command ? openAll(command.open).then(() => []) : publish(command.publish);
  const respond = (result: LoadResult) => process.send?.(result);
  running.then(
    (latencies) => respond({ latencies }),
    (error: unknown) => respond({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
