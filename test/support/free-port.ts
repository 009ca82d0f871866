import { createServer } from 'node:net';

/** The ports from 20,000 to 31,999. */
const [FIRST_PORT, PORT_COUNT] = [20_000, 12_000];

/**
 * Returns a port without a listener, for a proxy that restarts at the same address. The port is below the system's
 * ephemeral range, because a client that retries to connect to an ephemeral port can connect to itself.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORT_COUNT);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
