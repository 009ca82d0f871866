/**
 * The connections of webhook-load.ts. They run in a separate process, so that their reads use no CPU time of the
 * measured server.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { BurstResult, WebhookBurst } from './webhook-load.ts';

const sockets = new Map<string, Socket[]>();

async function openConnections(url: string, connectionCount: number): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  const openSockets = (sockets.get(url) ?? []).filter((socket) => !socket.destroyed);
  while (openSockets.length < connectionCount) {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    openSockets.push(socket);
  }
  sockets.set(url, openSockets);
  return openSockets.slice(0, connectionCount);
}

const RETRY_MS = 100;

/** Sends all bodies, one at a time on each connection. */
async function send({
  url,
  path,
  bodies,
  connectionCount,
  perSecond = Number.POSITIVE_INFINITY,
  retriesRefused,
}: WebhookBurst): Promise<BurstResult> {
  const { host } = new URL(url);
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const openSockets = await openConnections(url, connectionCount);
  const start = performance.now();
  let next = 0;
  let refusedCount = 0;
  await Promise.all(
    openSockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          let request: Buffer | undefined;
          const sendNext = () => {
            request = requests[next++];
            const waitMs = start + ((next - 1) * 1_000) / perSecond - performance.now();
            if (request) writeAfter(waitMs);
            else {
              socket.off('data', read);
              resolve();
            }
          };
          const writeAfter = (ms: number) => {
            if (ms > 0) setTimeout(() => socket.write(request ?? ''), ms);
            else socket.write(request ?? '');
          };
          const read = (chunk: Buffer) => {
            if (chunk.includes('HTTP/1.1 202')) sendNext();
            else if (retriesRefused && chunk.includes('HTTP/1.1 503')) {
              refusedCount += 1;
              writeAfter(RETRY_MS);
            } else reject(new Error(chunk.toString()));
          };
          socket.on('data', read);
          sendNext();
        }),
    ),
  );
  return { durationMs: performance.now() - start, refusedCount };
}

process.on('message', (burst: WebhookBurst) => {
  send(burst).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
