import { createServer } from 'node:net';

/**
 * Returns a port without a listener, for a proxy that restarts at the same address. The port is below the system's
 * ephemeral range: a client that retries on a free ephemeral port can connect to itself.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
