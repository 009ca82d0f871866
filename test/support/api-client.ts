/**
 * A recruiter's page, without a browser: calls the proxy's API with a token and reads its stream. Whatever is no
 * problem or no frame of the contract fails the test, and so does the API key in anything it reads.
 */
import { createParser } from 'eventsource-parser';
import { problemSchema } from '../../proxy/contract/problem.ts';
import { frameSchema } from '../../proxy/contract/stream.ts';
import { assertNoSecretLeak } from './secret-leak-check.ts';
import { mintToken, type TokenClaims } from './token.ts';

export interface ApiResponse {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
}

export interface SseFrame {
  id: string | undefined;
  event: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  data: any;
}

export interface OpenStream {
  status: number;
  headers: Headers;
  /** Everything received so far, comments apart. */
  frames: SseFrame[];
  commentCount: number;
  /** Milliseconds after which the proxy wants to be asked again, where it said so. */
  retryMs: number | undefined;
  /** Waits until a frame fits and answers it. */
  waitForFrame(fits: (frame: SseFrame) => boolean): Promise<SseFrame>;
  /** Resolves when the server ended the stream; rejects where it broke off, or with what was wrong with a frame. */
  ended: Promise<void>;
  /** @throws what was wrong with a frame. */
  close(): void;
}

export interface RecruiterClient {
  get(path: string, headers?: Record<string, string>): Promise<ApiResponse>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiResponse>;
  invite(changes?: Record<string, unknown>): Promise<ApiResponse>;
  query(...candidates: { candidate_email: string; project_id?: string }[]): Promise<ApiResponse>;
  /** Asks for sessions by filter, and for which page of them. */
  list(filter: object, page?: object): Promise<ApiResponse>;
  openStream(candidates: { candidate_email: string; project_id?: string }[], lastEventId?: string): Promise<OpenStream>;
  /** A stream of all that a filter covers. */
  openFilterStream(filter: object, lastEventId?: string, more?: object): Promise<OpenStream>;
  /** A stream of these batches. */
  openBatchStream(batches: string[], lastEventId?: string): Promise<OpenStream>;
}

export const JANE = {
  assessment_type: 'marketing',
  candidate_email: 'jane@example.com',
  candidate_name: 'Jane Smith',
  project_id: 'proj_abc123',
};

/** Milliseconds until a frame that does not come fails the test. */
const PATIENCE = 30_000;

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
    assertNoSecretLeak(JSON.stringify([...response.headers]), 'the headers of an answer');
    const text = assertNoSecretLeak(await response.text(), 'an answer');
    const isJson = response.headers.get('content-type')?.includes('json');
    const answer = isJson ? JSON.parse(text) : text;
    if (response.status >= 400) problemSchema.parse(answer);
    return { status: response.status, headers: response.headers, body: answer };
  }

  const page: RecruiterClient = {
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body, headers) => call('POST', path, typeof body === 'string' ? body : JSON.stringify(body), headers),
    invite: (changes = {}) => page.post('/v1/sessions', { ...JANE, ...changes }),
    query: (...candidates) => page.post('/v1/sessions/query', { candidates }),
    list: (filter, which = {}) => page.post('/v1/sessions/query', { filter, ...which }),
    openStream: (candidates, lastEventId) => openEvents({ candidates }, lastEventId),
    openFilterStream: (filter, lastEventId, more = {}) => openEvents({ filter, ...more }, lastEventId),
    openBatchStream: (batches, lastEventId) => openEvents({ batches }, lastEventId),
  };

  async function openEvents(asked: object, lastEventId?: string): Promise<OpenStream> {
    const leave = new AbortController();
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      body: JSON.stringify(asked),
      signal: leave.signal,
    });
    assertNoSecretLeak(JSON.stringify([...response.headers]), 'the headers of a stream');
    return openStream(response, leave);
  }
  return page;
}

function openStream(response: Response, leave: AbortController): OpenStream {
  const waiting = new Set<() => void>();
  /** What was wrong with a frame. */
  let fault: unknown;
  const stream: OpenStream = {
    status: response.status,
    headers: response.headers,
    frames: [],
    commentCount: 0,
    retryMs: undefined,
    waitForFrame(fits) {
      const { promise, resolve, reject } = Promise.withResolvers<SseFrame>();
      const timer = setTimeout(
        () => reject(new Error(`no such frame in ${PATIENCE} ms, only ${JSON.stringify(stream.frames)}`)),
        PATIENCE,
      );
      const look = () => {
        if (fault) reject(fault);
        const found = stream.frames.find(fits);
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(look);
      });
    },
    ended: Promise.resolve(),
    close() {
      leave.abort();
      if (fault) throw fault;
    },
  };
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      assertNoSecretLeak(`${id} ${event} ${data}`, 'a frame');
      const frame = { id, event, data: JSON.parse(data) };
      frameSchema.parse(frame);
      stream.frames.push(frame);
      for (const look of waiting) look();
    },
    onRetry: (ms) => {
      stream.retryMs = ms;
    },
    onComment: () => {
      stream.commentCount += 1;
    },
  });
  function read(text: string): void {
    try {
      parser.feed(text);
    } catch (error) {
      fault = error;
      for (const look of waiting) look();
      throw error;
    }
  }
  stream.ended = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) read(decoder.decode(chunk, { stream: true }));
    } catch (error) {
      if (fault || !leave.signal.aborted) throw error;
    }
  })();
  stream.ended.catch(() => {});
  return stream;
}

/** Answers who is next of so many recruiters: one alone would come to a recruiter's limit of requests. */
export async function createRecruiterPool(proxyUrl: string, many: number): Promise<() => RecruiterClient> {
  const all = await Promise.all(
    Array.from({ length: many }, (_, n) => createRecruiterClient(proxyUrl, { sub: `recruiter-${n}` })),
  );
  let turn = 0;
  return () => all[turn++ % many] as RecruiterClient;
}
