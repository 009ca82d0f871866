/**
 * Starts the sandbox's simulated Evalon on a port, with a request log. Tests call the methods of `TestEvalon`, and
 * browsers POST to `/__test__/…`. This Evalon sends a webhook only when a test asks for one.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Dialect } from '../../proxy/sandbox/evalon/dialects.ts';
import type { Fault, RequestKind } from '../../proxy/sandbox/evalon/faults.ts';
import type { Scorecard } from '../../proxy/sandbox/evalon/scoring.ts';
import {
  buildCompletedEvent,
  type InviteRequest,
  type WebhookEvent,
} from '../../proxy/sandbox/evalon/session-lifecycle.ts';
import type { SimulatedSession } from '../../proxy/sandbox/evalon/session-repository.ts';
import { createSimulatedEvalon, type SimulatedEvalonOptions } from '../../proxy/sandbox/evalon/simulated-evalon.ts';
import { postWebhook } from '../../proxy/sandbox/evalon/webhook-sender.ts';
import { createControlApi } from './evalon/control-api.ts';
import { type ReceivedRequest, RequestLog } from './evalon/request-log.ts';
import { CANARY_API_KEY } from './secret-leak-check.ts';

export type { Dialect } from '../../proxy/sandbox/evalon/dialects.ts';
export type { Fault, RequestKind } from '../../proxy/sandbox/evalon/faults.ts';
export type { Scorecard as EvalonScorecard } from '../../proxy/sandbox/evalon/scoring.ts';
export type { WebhookEvent } from '../../proxy/sandbox/evalon/session-lifecycle.ts';
export type { SimulatedSession as EvalonSession } from '../../proxy/sandbox/evalon/session-repository.ts';
export type { ReceivedRequest } from './evalon/request-log.ts';

export interface EvalonOptions
  extends Pick<SimulatedEvalonOptions, 'webhookSecret' | 'hasBatchEndpoint' | 'faults' | 'dialect'> {
  /** Default: `CANARY_API_KEY`, for which the test clients search every response. */
  apiKey?: string;
  webhookUrl?: string;
  /** Default: no limit. */
  ratePerMinute?: number;
  /** Default: a free port. */
  port?: number;
}

export interface CompletionOptions {
  /** Fields that differ from the sample. */
  scorecard?: Partial<Scorecard> | undefined;
  /** Whether to send the webhook. Default: true. */
  notify?: boolean | undefined;
}

export interface TestEvalon {
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecret: string | undefined;
  /** Undefined until the proxy listens. */
  webhookUrl: string | undefined;
  /** The API calls so far, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Resolves with the API calls of this kind when there are at least `count`. */
  waitForRequests(count: number, kind?: RequestKind): Promise<ReceivedRequest[]>;
  clearRequests(): void;
  /** `times` is unlimited by default. */
  injectFault(kind: RequestKind | 'any', fault: Fault, options?: { times?: number | undefined }): void;
  clearFaults(): void;
  /** Changes the dialect of later responses and webhooks. */
  setDialect(dialect: Dialect): void;
  readonly sessionCount: number;
  findSession(candidateEmail: string, projectId: string): SimulatedSession | undefined;
  /** Creates a session as if it had been created in Evalon's own dashboard. */
  addSession(request: InviteRequest): SimulatedSession;
  /** Completes a session and sends the webhook. Returns the proxy's HTTP status, or undefined if none was sent. */
  completeSession(sessionUuid: string, options?: CompletionOptions): Promise<number | undefined>;
  /** Sends the webhook of an event such as `session.started`. Returns the same as `completeSession`. */
  sendEvent(sessionUuid: string, event: string): Promise<number | undefined>;
  /** Sends any body, valid or not. Returns the HTTP status. */
  sendWebhook(
    body: WebhookEvent | string | Buffer,
    to?: { url?: string; headers?: Record<string, string> },
  ): Promise<number>;
  /** Closes the port, so that connections are refused until `start`. */
  stop(): Promise<void>;
  /** Listens again at the same URL. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startEvalon(options: EvalonOptions = {}): Promise<TestEvalon> {
  const { apiKey = CANARY_API_KEY, webhookSecret, webhookUrl, ratePerMinute = Number.POSITIVE_INFINITY } = options;
  const app = express().disable('x-powered-by');
  let server = await listen(app, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://${HOST}:${port}`;
  const requestLog = new RequestLog();
  const { webhookUrl: _, ...simulated } = options;
  const evalon = createSimulatedEvalon({
    ...simulated,
    baseUrl: url,
    apiKey,
    ratePerMinute,
    onRequest: ({ kind, method, path, headers, body }) => requestLog.add({ kind, method, path, headers, body }),
  });
  const { repository, lifecycle, faults, translator } = evalon;

  function getSession(sessionUuid: string): SimulatedSession {
    const session = repository.getByUuid(sessionUuid);
    if (!session) throw new Error(`Evalon has no session ${sessionUuid}`);
    return session;
  }

  async function notify(event: WebhookEvent): Promise<number | undefined> {
    return testEvalon.webhookUrl === undefined
      ? undefined
      : testEvalon.sendWebhook(JSON.stringify(translator.translateWebhook(event)));
  }

  async function stop(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  const testEvalon: TestEvalon = {
    url,
    apiKey,
    webhookSecret,
    webhookUrl,
    get requests() {
      return requestLog.requests;
    },
    waitForRequests: (count, kind) => requestLog.waitForRequests(count, kind),
    clearRequests: () => requestLog.clear(),
    injectFault: (kind, fault, { times } = {}) => faults.add({ kind, fault, ...(times !== undefined && { times }) }),
    clearFaults: () => faults.clear(),
    setDialect(dialect) {
      translator.dialect = dialect;
    },
    get sessionCount() {
      return repository.count();
    },
    findSession: (email, projectId) => repository.getByCandidate(email, projectId),
    addSession: (request) => lifecycle.invite(request),
    async completeSession(sessionUuid, { scorecard: changes, notify: isNotified = true } = {}) {
      const session = getSession(sessionUuid);
      const scorecard = { ...buildSampleScorecard(session), ...changes };
      lifecycle.complete(session, scorecard);
      return isNotified ? notify(buildCompletedEvent(session, scorecard)) : undefined;
    },
    sendEvent: (sessionUuid, event) => notify({ event, session_uuid: sessionUuid }),
    async sendWebhook(body, { url: target = testEvalon.webhookUrl, headers = {} } = {}) {
      if (target === undefined) throw new Error('no webhook URL is set');
      const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      return postWebhook(target, text, { secret: webhookSecret, headers });
    },
    stop,
    async start() {
      server = await listen(app, port);
    },
    async close() {
      if (server.listening) await stop();
      await evalon.close();
    },
  };
  app.use('/__test__', createControlApi(testEvalon));
  app.use(evalon.router);
  return testEvalon;
}

async function listen(app: express.Express, port: number): Promise<Server> {
  const server = createServer(app);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, HOST, resolve);
  await promise;
  return server;
}

function buildSampleScorecard({ session_uuid, assessment_type, candidate_name }: SimulatedSession): Scorecard {
  return {
    session_uuid,
    assessment_type,
    overall: 82,
    overall_max: 100,
    sections: [
      {
        name: 'Campaign planning',
        score: 88,
        max_score: 100,
        questions: [
          { prompt: 'Plan a launch with half the budget', score: 9, max_score: 10, feedback: 'Clear priorities.' },
          { prompt: 'Which channel would you drop first?', score: 8, max_score: 10, time_seconds: 94 },
        ],
      },
      {
        name: 'Reading numbers',
        score: 76,
        questions: [{ prompt: 'What does this funnel say?', score: 76, feedback: 'Missed the seasonal effect.' }],
      },
    ],
    narrative_summary: `${candidate_name} plans well and explains trade-offs in plain words.`,
    completed_at: '2026-01-15T14:30:00Z',
  };
}
