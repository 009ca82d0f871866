/** The proxy as a running server: listening, ready, and ending in order. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { type Context, createContext } from './context.ts';
import type { Problem } from './contract/problem.ts';
import { systemClock } from './util/clock.ts';
import { SettingsError } from './util/errors.ts';

export interface RunningProxy {
  /** The address that browsers use. */
  url: string;
  context: Context;
  /**
   * Ends as a load balancer wants it: unready first, then streams over seconds, then as `close`. Takes at most 25 s.
   */
  drain(): Promise<void>;
  /** Ends streams at once and lets requests under way finish. */
  close(): Promise<void>;
}

/** Milliseconds, against callers that send a byte now and then. A stream's answer is bound by none of them. */
const SERVER_TIMEOUTS_MS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  /** Longer than load balancers keep theirs, so that it is never we who close under a request. */
  keepAliveTimeout: 65_000,
};

/** Bytes of a request's headers: more than Node's own bound, so that it is we who answer an overlong token. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Milliseconds that load balancers have to see that they should send nobody here any more. */
const READINESS_GRACE_MS = 3_000;

/** Milliseconds that requests under way get to finish: more than a call to Evalon may take. */
const CLOSE_TIMEOUT_MS = 15_000;

/**
 * Starts the proxy and answers once it serves.
 * @throws SettingsError when the address or the database cannot be used.
 */
export async function startProxy(config: Config, clock = systemClock): Promise<RunningProxy> {
  let serve = respondStarting;
  let closing: Promise<void> | undefined;
  const server = createServer({ ...SERVER_TIMEOUTS_MS, maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    if (closing) response.setHeader('connection', 'close');
    response.once('close', () => closing && closeIdle());
    serve(request, response);
  });
  let closingIdle = false;
  /** Looks at all connections, so once a turn, however many answers end in it. */
  function closeIdle(): void {
    if (closingIdle) return;
    closingIdle = true;
    setImmediate(() => {
      closingIdle = false;
      server.closeIdleConnections();
    });
  }
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, config);
  const url = config.publicUrl ?? `http://${urlHost(config.host)}:${(server.address() as AddressInfo).port}`;
  try {
    const context = await createContext(config, url, clock);
    serve = createApp(context);
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
    server.close();
    throw error;
  }
}

function urlHost(host: string): string {
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
 * Streams end, requests under way finish, and only then does the database close. A connection that a browser opened
 * ahead and has not used yet is no idle one to Node: nobody waits for it.
 */
async function closeAll(server: Server, context: Context, sockets: Iterable<Socket>): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  for (const socket of sockets) if (!socket.bytesRead) socket.destroy();
  const cancel = context.clock.runAfter(CLOSE_TIMEOUT_MS, () => server.closeAllConnections());
  await Promise.all([context.stop(), closed]);
  cancel();
  await context.store.close();
}

/** The answer until the database is open. */
const respondStarting: RequestListener = (_request, response) => {
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
