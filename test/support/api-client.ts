/**
 * Calls the proxy's API and reads its stream as a recruiter, without a browser. A test fails if a response or a frame
 * differs from the API reference or contains a secret.
 */
import { createParser } from 'eventsource-parser';
import { frameSchema } from '../../proxy/contract/stream.ts';
import { assertDocumented } from './openapi-check.ts';
import { assertNoSecretLeak } from './secret-leak-check.ts';
import { usesPostgres } from './test-database.ts';
import { mintToken, type TokenClaims } from './token.ts';

export interface ApiResponse {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every shape
  body: any;
}

export interface SseFrame {
  id: string | undefined;
  event: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests read data of every shape
  data: any;
}

export interface OpenStream {
  status: number;
  headers: Headers;
  /** All frames received so far, without comments. */
  frames: SseFrame[];
  commentCount: number;
  /** The last `retry` field of the stream, in milliseconds. */
  retryMs: number | undefined;
  /** Returns the first frame that matches. */
  waitForFrame(matches: (frame: SseFrame) => boolean): Promise<SseFrame>;
  /** Resolves when the server ends the stream. Rejects if the connection breaks or a frame is invalid. */
  ended: Promise<void>;
  /** @throws the error of the first invalid frame. */
  close(): void;
}

export interface RecruiterClient {
  get(path: string, headers?: Record<string, string>): Promise<ApiResponse>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiResponse>;
  /** Invites `JANE`, with these changes. */
  invite(changes?: Record<string, unknown>): Promise<ApiResponse>;
  query(...candidates: { candidate_email: string; project_id?: string }[]): Promise<ApiResponse>;
  /** Queries one page of the sessions that match a filter. */
  list(filter: object, paging?: object): Promise<ApiResponse>;
  openStream(candidates: { candidate_email: string; project_id?: string }[], lastEventId?: string): Promise<OpenStream>;
  /** Streams all sessions that match a filter. `otherSubscriptions` adds, for example, candidates or batches. */
  openFilterStream(filter: object, lastEventId?: string, otherSubscriptions?: object): Promise<OpenStream>;
  /** Streams the progress of these batches. */
  openBatchStream(batches: string[], lastEventId?: string): Promise<OpenStream>;
}

export const JANE = {
  assessment_type: 'marketing',
  candidate_email: 'jane@example.com',
  candidate_name: 'Jane Smith',
  project_id: 'proj_abc123',
};

/** On PostgreSQL, a large batch takes longer. */
const FRAME_TIMEOUT_MS = usesPostgres ? 120_000 : 30_000;

export async function createRecruiterClient(
  url: string,
  claims: { [Name in keyof TokenClaims]: TokenClaims[Name] | undefined } = {},
): Promise<RecruiterClient> {
  const authorization = `Bearer ${await mintToken(claims)}`;

  async function call(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
    });
    assertNoSecretLeak(JSON.stringify([...response.headers]), 'the headers of a response');
    const text = assertNoSecretLeak(await response.text(), 'a response');
    const isJson = response.headers.get('content-type')?.includes('json');
    const parsed = isJson ? JSON.parse(text) : text;
    const { status, headers: responseHeaders } = response;
    assertDocumented({ method, path, status, headers: responseHeaders, body: parsed });
    return { status, headers: responseHeaders, body: parsed };
  }

  const recruiter: RecruiterClient = {
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body, headers) => call('POST', path, typeof body === 'string' ? body : JSON.stringify(body), headers),
    invite: (changes = {}) => recruiter.post('/v1/sessions', { ...JANE, ...changes }),
    query: (...candidates) => recruiter.post('/v1/sessions/query', { candidates }),
    list: (filter, paging = {}) => recruiter.post('/v1/sessions/query', { filter, ...paging }),
    openStream: (candidates, lastEventId) => postEvents({ candidates }, lastEventId),
    openFilterStream: (filter, lastEventId, otherSubscriptions = {}) =>
      postEvents({ filter, ...otherSubscriptions }, lastEventId),
    openBatchStream: (batches, lastEventId) => postEvents({ batches }, lastEventId),
  };

  async function postEvents(subscription: object, lastEventId?: string): Promise<OpenStream> {
    const abort = new AbortController();
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      body: JSON.stringify(subscription),
      signal: abort.signal,
    });
    assertNoSecretLeak(JSON.stringify([...response.headers]), 'the headers of a stream');
    const { status, headers } = response;
    const body = status === 200 ? '' : await response.clone().json();
    assertDocumented({ method: 'POST', path: '/v1/events', status, headers, body });
    return readStream(response, abort);
  }
  return recruiter;
}

function readStream(response: Response, abort: AbortController): OpenStream {
  const waiters = new Set<() => void>();
  let frameError: unknown;
  const stream: OpenStream = {
    status: response.status,
    headers: response.headers,
    frames: [],
    commentCount: 0,
    retryMs: undefined,
    waitForFrame(matches) {
      const { promise, resolve, reject } = Promise.withResolvers<SseFrame>();
      const timer = setTimeout(
        () => reject(new Error(`no matching frame in ${FRAME_TIMEOUT_MS} ms, only ${JSON.stringify(stream.frames)}`)),
        FRAME_TIMEOUT_MS,
      );
      const check = () => {
        if (frameError) reject(frameError);
        const found = stream.frames.find(matches);
        if (found) resolve(found);
      };
      waiters.add(check);
      check();
      return promise.finally(() => {
        clearTimeout(timer);
        waiters.delete(check);
      });
    },
    ended: Promise.resolve(),
    close() {
      abort.abort();
      if (frameError) throw frameError;
    },
  };
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      assertNoSecretLeak(`${id} ${event} ${data}`, 'a frame');
      const frame = { id, event, data: JSON.parse(data) };
      frameSchema.parse(frame);
      stream.frames.push(frame);
      for (const check of waiters) check();
    },
    onRetry: (ms) => {
      stream.retryMs = ms;
    },
    onComment: () => {
      stream.commentCount += 1;
    },
  });
  function parse(text: string): void {
    try {
      parser.feed(text);
    } catch (error) {
      frameError = error;
      for (const check of waiters) check();
      throw error;
    }
  }
  stream.ended = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) parse(decoder.decode(chunk, { stream: true }));
    } catch (error) {
      if (frameError || !abort.signal.aborted) throw error;
    }
  })();
  // Prevents an unhandled rejection in tests that do not await `ended`.
  stream.ended.catch(() => {});
  return stream;
}

/** Returns a function that rotates through recruiters, because one recruiter would reach the rate limit. */
export async function createRecruiterPool(proxyUrl: string, size: number): Promise<() => RecruiterClient> {
  const clients = await Promise.all(
    Array.from({ length: size }, (_, n) => createRecruiterClient(proxyUrl, { sub: `recruiter-${n}` })),
  );
  let calls = 0;
  return () => clients[calls++ % size] as RecruiterClient;
}
