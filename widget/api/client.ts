/** Calls the proxy's HTTP API. Each call has a deadline. After a 401, the client repeats the call once with a new token. */

import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import * as ROUTES from '../../proxy/contract/session-routes.ts';
import { locale } from '../strings/en/common.ts';
import type { Clock } from '../util/clock.ts';
import { stringifyJson } from '../util/json.ts';
import { withTimeout } from '../util/with-timeout.ts';
import { parseProblem, throwUnreachable, WidgetProblem } from './errors.ts';
import {
  type ClientConfig,
  parseClientConfig,
  parseQueryResponse,
  parseScorecard,
  parseSession,
  type QueryResponse,
  type Scorecard,
  type Session,
} from './parse.ts';
import type { Tokens } from './tokens.ts';

/** An invite waits up to 10 s in the proxy's queue. Evalon then has 10 s to respond. 2 s are for the network. */
const TIMEOUT_MS = 22_000;

/** The configuration contains the messages to candidates in the language of `locale`, by default in English. */
const CONFIG_PATH = locale === 'en' ? ROUTES.config : `${ROUTES.config}?locale=${locale}`;

export interface InviteResult {
  session: Session;
  /** False if the session existed already. */
  created: boolean;
}

interface RequestOptions {
  /** With a body, the request is a POST. */
  body?: object;
  headers?: Record<string, string>;
  /** The request continues even if the page navigates away. */
  keepalive?: boolean;
}

export class Client {
  /** False if a library has replaced `fetch` by a version that delivers only whole responses. */
  canStream = true;
  readonly #baseUrl: string;
  readonly #tokens: Tokens;
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;
  #config: Promise<ClientConfig> | undefined;

  constructor(proxyUrl: string, tokens: Tokens, clock: Clock, fetcher: typeof fetch) {
    this.#baseUrl = proxyUrl.replace(/\/+$/, '');
    this.#tokens = tokens;
    this.#clock = clock;
    this.#fetch = fetcher;
  }

  /** All elements share one request. */
  getConfig(): Promise<ClientConfig> {
    this.#config ??= this.request(CONFIG_PATH, {}, parseClientConfig).catch((problem) => {
      this.forgetConfig();
      throw problem;
    });
    return this.#config;
  }

  /** Must be called when the recruiter's rights have changed. */
  forgetConfig(): void {
    this.#config = undefined;
  }

  /** @param candidates at most 500. */
  querySessions(candidates: WatchedCandidate[]): Promise<QueryResponse> {
    return this.request(ROUTES.sessionQuery, { body: { candidates } }, parseQueryResponse);
  }

  invite(body: Invite): Promise<InviteResult> {
    return this.request(ROUTES.sessions, { body }, (value, { status }) => {
      const session = parseSession(value);
      return session && { session, created: status === 201 };
    });
  }

  getSession(sessionUuid: string): Promise<Session> {
    return this.request(ROUTES.sessionPath(sessionUuid), {}, parseSession);
  }

  getScorecard(sessionUuid: string): Promise<Scorecard> {
    return this.request(ROUTES.scorecardPath(sessionUuid), {}, parseScorecard);
  }

  /**
   * Opens a stream of server-sent events. The deadline applies to the response headers only.
   * @param cursor the stream begins with the first event after it.
   * @param signal closes the stream.
   */
  openEvents(body: object, cursor: string | undefined, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = cursor ? { 'last-event-id': cursor } : {};
    return this.#withDeadline((sendSignal) => this.#send(ROUTES.events, { body, headers }, sendSignal), signal);
  }

  /**
   * Sends a request and parses the response.
   * @param parse returns undefined if it cannot use the response, so that the request fails with `bad_answer`.
   */
  request<T>(
    path: string,
    options: RequestOptions,
    parse: (value: unknown, response: Response) => T | undefined,
  ): Promise<T> {
    return this.#withDeadline(async (signal) => {
      const response = await this.#send(path, options, signal);
      // biome-ignore lint/suspicious/noConsole: reports to the page's developer
      if (this.canStream && !('body' in response)) console.warn('Evalon: fetch has no streams');
      this.canStream = 'body' in response;
      const parsed = parse(await response.json().catch(() => undefined), response);
      if (parsed === undefined) throw new WidgetProblem('bad_answer', { status: response.status });
      return parsed;
    });
  }

  #withDeadline<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return withTimeout(this.#clock, TIMEOUT_MS, work, signal).catch(throwUnreachable);
  }

  async #send(path: string, options: RequestOptions, signal: AbortSignal): Promise<Response> {
    const token = await this.#tokens.get();
    let response = await this.#fetchWithToken(token, path, options, signal);
    if (response.status === 401) {
      // An unread body would occupy one of the browser's few connections.
      void response.body?.cancel();
      response = await this.#fetchWithToken(await this.#tokens.renew(token), path, options, signal);
    }
    if (!response.ok) throw await parseProblem(response);
    return response;
  }

  #fetchWithToken(
    token: string | undefined,
    path: string,
    { body, headers, keepalive = false }: RequestOptions,
    signal: AbortSignal,
  ): Promise<Response> {
    return this.#fetch(this.#baseUrl + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        'x-request-id': createRequestId(),
        ...(body && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body && { body: stringifyJson(body) }),
      keepalive,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal,
    });
  }
}

/** The proxy logs the request under this id, which is not a secret. */
function createRequestId(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(2);
}
