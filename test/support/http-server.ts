/** Starts HTTP servers of tests on free ports. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpServer {
  url: string;
  /** Also closes the open connections. */
  close(): Promise<void>;
}

export async function startHttpServer(listener: RequestListener): Promise<HttpServer> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Serves until the test ends. Returns the server's URL. */
export async function serve(test: { after(task: () => unknown): void }, listener: RequestListener): Promise<string> {
  const server = await startHttpServer(listener);
  test.after(() => server.close());
  return server.url;
}
