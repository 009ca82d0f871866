/** The proxy's HTTP API as functions: a deadline on each, a fresh token once after a 401, answers guarded. */

import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Invite, WatchedCandidate } from '../../proxy/contract/session.ts';
import type { Clock } from '../util/clock.ts';
import { withTimeout } from '../util/with-timeout.ts';
import { parseProblem, WidgetProblem } from './errors.ts';
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

/** A click waits 10 s for its turn, and Evalon has 10 s to answer; whoever waits longer waits for nothing. */
const DEADLINE = 22_000;

/** A session, and whether this very call made it. */
export interface InviteResult {
  session: Session;
  created: boolean;
}

interface Call {
  body?: object;
  headers?: Record<string, string>;
}

export class Client {
  readonly #base: string;
  readonly #tokens: Tokens;
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;

  constructor(proxyUrl: string, tokens: Tokens, clock: Clock, fetcher: typeof fetch) {
    this.#base = proxyUrl.replace(/\/+$/, '');
    this.#tokens = tokens;
    this.#clock = clock;
    this.#fetch = fetcher;
  }

  /** What the caller may offer, and in which environment. */
  getConfig(): Promise<ClientConfig> {
    return this.request(ROUTES.config, {}, parseClientConfig);
  }

  /** The sessions of at most 500 candidates, and where a stream can start. */
  querySessions(candidates: WatchedCandidate[]): Promise<QueryResponse> {
    return this.request(ROUTES.sessionQuery, { body: { candidates } }, parseQueryResponse);
  }

  invite(body: Invite): Promise<InviteResult> {
    return this.request(ROUTES.sessions, { body }, (value, response) => {
      const session = parseSession(value);
      return session && { session, created: response.status === 201 };
    });
  }

  getSession(sessionUuid: string): Promise<Session> {
    return this.request(ROUTES.sessionPath(sessionUuid), {}, parseSession);
  }

  getScorecard(sessionUuid: string): Promise<Scorecard> {
    return this.request(ROUTES.scorecardPath(sessionUuid), {}, parseScorecard);
  }

  /** Opens an event stream of what `body` names; the deadline ends with the headers, `signal` closes it at any time. */
  openEvents(body: object, cursor: string | undefined, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = cursor ? { 'last-event-id': cursor } : {};
    return withTimeout(this.#clock, DEADLINE, (inner) => this.#send(ROUTES.events, { body, headers }, inner), signal);
  }

  /** Any answer of the proxy, guarded by `parse`: what it cannot use is a `bad_answer`. */
  request<T>(path: string, call: Call, parse: (value: unknown, response: Response) => T | undefined): Promise<T> {
    return withTimeout(this.#clock, DEADLINE, async (signal) => {
      const response = await this.#send(path, call, signal);
      const parsed = parse(await response.json().catch(() => undefined), response);
      if (parsed === undefined) throw new WidgetProblem('bad_answer', { status: response.status });
      return parsed;
    });
  }

  async #send(path: string, call: Call, signal: AbortSignal): Promise<Response> {
    const token = await this.#tokens.get();
    let response = await this.#fetchWith(token, path, call, signal);
    if (response.status === 401) {
      // Unread, it would keep one of the browser's few connections.
      void response.body?.cancel();
      response = await this.#fetchWith(await this.#tokens.renew(token), path, call, signal);
    }
    if (!response.ok) throw await parseProblem(response);
    return response;
  }

  #fetchWith(token: string | undefined, path: string, call: Call, signal: AbortSignal): Promise<Response> {
    return this.#fetch(this.#base + path, {
      method: call.body ? 'POST' : 'GET',
      headers: {
        'x-request-id': requestId(),
        ...(call.body && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...call.headers,
      },
      body: JSON.stringify(call.body),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal,
    }).catch((cause: unknown) => {
      throw cause instanceof WidgetProblem ? cause : new WidgetProblem('unreachable', { cause });
    });
  }
}

/** One word for one call, in the proxy's log too. Not `randomUUID`: pages without https do not have it. */
function requestId(): string {
  return `${crypto.getRandomValues(new BigUint64Array(1))[0]?.toString(36)}`;
}
