/**
 * An Evalon for tests, written from the guide and apart from the sandbox's: strict where the guide speaks, silent
 * where it does not, and able to misbehave. It is steered from this process or, for browsers, by POST /__test__/….
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Webhook as Signer } from 'standardwebhooks';
import { handleApiRequest } from './evalon/api.ts';
import { handleControlRequest } from './evalon/control-api.ts';
import { type Fault, FaultQueue, type RequestKind } from './evalon/faults.ts';
import { handleCandidatePage } from './evalon/page.ts';
import { type ReceivedRequest, RequestLog } from './evalon/request-log.ts';
import { type EvalonScorecard, type EvalonSession, SessionStore } from './evalon/sessions.ts';
import { CANARY_API_KEY } from './secret-leak-check.ts';

export type { Fault, RequestKind } from './evalon/faults.ts';
export type { ReceivedRequest } from './evalon/request-log.ts';
export type { EvalonScorecard, EvalonSession } from './evalon/sessions.ts';

export interface EvalonOptions {
  /** Default: the canary. */
  apiKey?: string;
  /** Where webhooks go; also settable later, once the proxy listens. Default: none are sent. */
  webhookUrl?: string;
  /** Signs webhooks by Standard Webhooks (`whsec_…`). Default: they are not signed. */
  webhookSecret?: string;
  /** Calls a minute until 429. Default: no limit. */
  ratePerMinute?: number;
  /** Whether there is a batch endpoint. Default: yes. */
  hasBatchEndpoint?: boolean;
  /** Default: a free one. */
  port?: number;
}

export interface Webhook {
  event: string;
  session_uuid: string;
  [field: string]: unknown;
}

export interface TestEvalon {
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecret: string | undefined;
  webhookUrl: string | undefined;
  /** The API calls received so far, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Waits until `count` API calls, of that kind where one is named, have been received, and answers them. */
  waitForRequests(count: number, kind?: RequestKind): Promise<ReceivedRequest[]>;
  /** Forgets the API calls received so far. */
  clearRequests(): void;
  /** Answers calls of this kind, `times` often, with a fault instead of by the guide. */
  injectFault(kind: RequestKind | 'any', fault: Fault, times?: number): void;
  /** Ends all misbehaviour. */
  clearFaults(): void;
  /** How many sessions it holds. */
  readonly sessionCount: number;
  /** The session of this person and project, as Evalon knows it. */
  findSession(candidateEmail: string, projectId: string): EvalonSession | undefined;
  /** Makes a session as if it had been made in Evalon's own dashboard. */
  addSession(of: Omit<EvalonSession, 'session_uuid' | 'status' | 'take'>): EvalonSession;
  /** Finishes a session and, unless told not to, sends the webhook; answers its HTTP status. */
  completeSession(
    sessionUuid: string,
    scorecard?: Partial<EvalonScorecard>,
    notify?: boolean,
  ): Promise<number | undefined>;
  /** Sends the webhook of an event such as `session.started`; answers its HTTP status. */
  sendEvent(sessionUuid: string, event: string): Promise<number | undefined>;
  /** Sends any body, also nonsense, to the webhook URL or another; answers the HTTP status. */
  sendWebhook(
    body: Webhook | string | Buffer,
    to?: { url?: string; headers?: Record<string, string> },
  ): Promise<number>;
  /** Closes the port, so that connections are refused, until `start`. */
  stop(): Promise<void>;
  /** Listens again at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What the parts of this Evalon share. */
export interface EvalonState {
  options: { apiKey: string; ratePerMinute: number; batch: boolean };
  url: string;
  sessions: SessionStore;
  requestLog: RequestLog;
  faults: FaultQueue;
}

const HOST = '127.0.0.1';

export async function startEvalon(options: EvalonOptions = {}): Promise<TestEvalon> {
  const parts: EvalonState = {
    options: {
      apiKey: options.apiKey ?? CANARY_API_KEY,
      ratePerMinute: options.ratePerMinute ?? Number.POSITIVE_INFINITY,
      batch: options.hasBatchEndpoint ?? true,
    },
    url: '',
    sessions: new SessionStore(),
    requestLog: new RequestLog(),
    faults: new FaultQueue(),
  };
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (path.startsWith('/__test__/')) await handleControlRequest(evalon, request, response);
    else if (path.startsWith('/take/')) await handleCandidatePage(evalon, parts, request, response);
    else await handleApiRequest(parts, request, response);
  }

  async function listen(port: number): Promise<void> {
    server = createServer((request, response) => {
      serve(request, response).catch((error: Error) => {
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(error.stack);
      });
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(port, HOST, resolve);
    await promise;
    parts.url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  }

  async function stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!server) return;
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
    server = undefined;
    await promise;
  }

  function signature(body: string | Buffer, id = `msg_${randomUUID()}`): Record<string, string> {
    if (options.webhookSecret === undefined) return {};
    const now = new Date();
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Signer(options.webhookSecret).sign(id, now, body),
    };
  }

  async function notify(webhook: Webhook): Promise<number | undefined> {
    return evalon.webhookUrl === undefined ? undefined : evalon.sendWebhook(webhook);
  }

  const evalon: TestEvalon = {
    get url() {
      return parts.url;
    },
    apiKey: parts.options.apiKey,
    webhookSecret: options.webhookSecret,
    webhookUrl: options.webhookUrl,
    get requests() {
      return parts.requestLog.requests;
    },
    waitForRequests: (count, kind) => parts.requestLog.waitForRequests(count, kind),
    clearRequests: () => parts.requestLog.clear(),
    injectFault: (kind, fault, times) => parts.faults.add(kind, fault, times),
    clearFaults: () => parts.faults.clear(),
    get sessionCount() {
      return parts.sessions.size;
    },
    findSession: (email, project) => parts.sessions.find(email, project),
    addSession: (of) => parts.sessions.create(of).session,
    async completeSession(sessionUuid, scorecard = {}, tell = true) {
      const webhook = parts.sessions.complete(sessionUuid, scorecard);
      return tell ? notify(webhook) : undefined;
    },
    sendEvent: (sessionUuid, event) => notify({ event, session_uuid: sessionUuid }),
    async sendWebhook(body, { url = evalon.webhookUrl, headers = {} } = {}) {
      if (url === undefined) throw new Error('no webhook URL is set');
      const sent = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signature(sent, headers['webhook-id']), ...headers },
        body: typeof sent === 'string' ? sent : new Uint8Array(sent),
      });
      await response.body?.cancel();
      return response.status;
    },
    stop,
    start: () => listen(Number(new URL(parts.url).port)),
    close: stop,
  };

  await listen(options.port ?? 0);
  return evalon;
}
