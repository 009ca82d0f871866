/** The proxy as a running HTTP server: start, drain, close. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { type Context, createContext } from './context.ts';
import type { Problem } from './contract/problem.ts';
import { systemClock } from './util/clock.ts';
import { SettingsError } from './util/errors.ts';

export interface RunningProxy {
  /** The URL in browsers. */
  url: string;
  context: Context;
  /**
   * Shuts down behind a load balancer: reports that it is not ready for 3 s, ends the streams over 5 s, then closes
   * within 15 s. Takes at most 25 s.
   */
  drain(): Promise<void>;
  /** Ends streams at once and lets requests in progress finish. */
  close(): Promise<void>;
}

/** Timeouts for clients that send their request too slowly. None of them limits a response, such as a stream. */
const SERVER_TIMEOUTS_MS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  /**
   * Longer than load balancers keep idle connections, so that the proxy never closes a connection that carries a
   * request.
   */
  keepAliveTimeout: 65_000,
};

/** More than Node's default, so that the proxy itself refuses a token that is too long. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Time for load balancers to notice that the proxy is not ready. */
const READINESS_GRACE_MS = 3_000;

/** Time for requests in progress to finish. Longer than a call to Evalon. */
export const CLOSE_TIMEOUT_MS = 15_000;

/**
 * Resolves once the proxy serves requests.
 * @throws SettingsError if the address or the database cannot be used.
 */
export async function startProxy(config: Config, clock = systemClock): Promise<RunningProxy> {
  let handleRequest = respondStarting;
  let closing: Promise<void> | undefined;
  let isClosingIdle = false;
  const sockets = new Set<Socket>();
  const server = createServer({ ...SERVER_TIMEOUTS_MS, maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    if (closing) response.setHeader('connection', 'close');
    response.once('close', () => closing && closeIdleConnections());
    handleRequest(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  /** Runs at most once per event loop iteration, because Node visits all connections each time. */
  function closeIdleConnections(): void {
    if (isClosingIdle) return;
    isClosingIdle = true;
    setImmediate(() => {
      isClosingIdle = false;
      server.closeIdleConnections();
    });
  }

  await listen(server, config);
  let openContext: Context | undefined;
  try {
    const url = config.publicUrl ?? `http://${formatHost(config.host)}:${(server.address() as AddressInfo).port}`;
    const context = await createContext(config, url, clock);
    openContext = context;
    handleRequest = createApp(context);
    const close = (): Promise<void> => {
      closing ??= closeAll(server, context, sockets);
      return closing;
    };
    const drain = async (): Promise<void> => {
      context.beginDrain();
      await new Promise<void>((resolve) => context.clock.runAfter(READINESS_GRACE_MS, resolve));
      if (!closing) await context.broker.drain();
      await close();
    };
    return { url, context, drain, close };
  } catch (error) {
    if (openContext) await closeAll(server, openContext, sockets);
    else server.close();
    throw error;
  }
}

function formatHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, host, resolve);
  await promise.catch((error: NodeJS.ErrnoException) => {
    throw new SettingsError([
      `HOST and PORT name ${host}:${port}, where the proxy cannot listen (${error.code}): free it or choose another`,
    ]);
  });
}

/**
 * Closes the database last. Also closes connections that browsers opened in advance, because Node does not count them
 * as idle.
 */
async function closeAll(server: Server, context: Context, sockets: Iterable<Socket>): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  for (const socket of sockets) if (!socket.bytesRead) socket.destroy();
  const cancelTimeout = context.clock.runAfter(CLOSE_TIMEOUT_MS, () => server.closeAllConnections());
  await Promise.all([context.stop(), closed]);
  cancelTimeout();
  await context.store.close();
}

/** Responds to requests while the database is not open. */
export const respondStarting: RequestListener = (_request, response) => {
  const problem: Problem = {
    type: 'about:blank',
    title: 'Not available right now',
    status: 503,
    detail: 'The proxy is starting. Try again in a moment.',
    code: 'unavailable',
  };
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
  response.end(JSON.stringify(problem));
};
