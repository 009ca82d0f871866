/** The connections of senders.ts, in a process of their own, so that a server pays for its answers and not for their reading. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { WebhookBurst } from './webhook-load.ts';

const sockets = new Map<string, Socket[]>();

async function connected(url: string, connections: number): Promise<Socket[]> {
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

/** Sends them all, one after the other on each connection, and answers how many milliseconds that took. */
async function send({ url, path, bodies, connections }: WebhookBurst): Promise<number> {
  const { host } = new URL(url);
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const open = await connected(url, connections);
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
    (took) => process.send?.({ took }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
