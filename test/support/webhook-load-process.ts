/**
 * The connections of webhook-load.ts. They run in a separate process, so that their reads use no CPU time of the
 * measured server.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { WebhookBurst } from './webhook-load.ts';

const sockets = new Map<string, Socket[]>();

async function openConnections(url: string, connections: number): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  const open = (sockets.get(url) ?? []).filter((socket) => !socket.destroyed);
  while (open.length < connections) {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    open.push(socket);
  }
  sockets.set(url, open);
  return open.slice(0, connections);
}

/** Sends all bodies, one at a time on each connection. Returns the duration in milliseconds. */
async function send({ url, path, bodies, connections }: WebhookBurst): Promise<number> {
  const { host } = new URL(url);
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const open = await openConnections(url, connections);
  const start = performance.now();
  let next = 0;
  await Promise.all(
    open.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          const go = () => {
            const request = requests[next++];
            if (request) socket.write(request);
            else {
              socket.off('data', read);
              resolve();
            }
          };
          const read = (chunk: Buffer) => {
            if (chunk.includes('HTTP/1.1 202')) go();
            else reject(new Error(chunk.toString()));
          };
          socket.on('data', read);
          go();
        }),
    ),
  );
  return performance.now() - start;
}

process.on('message', (burst: WebhookBurst) => {
  send(burst).then(
    (durationMs) => process.send?.({ durationMs }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
