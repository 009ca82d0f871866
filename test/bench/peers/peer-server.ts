/** What the peers that are Node servers share: reading a body, listening on a free port and saying which. */
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

// biome-ignore lint/suspicious/noExplicitAny: the benchmark's own bodies, sent by itself
export async function readJsonBody(request: IncomingMessage): Promise<any> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

export function listenOnFreePort(server: Server): void {
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1', () =>
    console.log(`listens http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  );
}
