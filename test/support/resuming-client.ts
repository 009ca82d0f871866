/** An SSE client that follows the standard: it resumes from the last id, after the `retry` delay of the stream. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import type { SseFrame } from './api-client.ts';

export interface ResumingClient {
  readonly frames: SseFrame[];
  /** When the proxy accepted each stream, in milliseconds of `performance.now()`. */
  readonly acceptedAt: number[];
  /** How many attempts ended without an accepted stream. */
  readonly failedAttempts: number;
  /** Breaks the connection, as a lost network does. The client reconnects. */
  disconnect(): void;
  close(): void;
}

export interface ResumingClientOptions {
  /** A token, or a function that creates one for each stream. */
  token: string | (() => Promise<string>);
  candidates: { candidate_email: string }[];
  cursor: string;
  /** The delay before a reconnect if the stream had no `retry` field. Default: a second. */
  defaultRetryMs?: number;
  onFrame?: () => void;
  /** Called after a `reset` frame. Queries again, and returns the cursor from which the stream continues. */
  onReset?: () => Promise<string>;
}

const DEFAULT_RETRY_MS = 1_000;

/** @param url the proxy's address, or a function that returns one for each stream. */
export function startResumingClient(
  url: string | (() => string),
  { token, candidates, cursor, defaultRetryMs = DEFAULT_RETRY_MS, onFrame, onReset }: ResumingClientOptions,
): ResumingClient {
  const body = JSON.stringify({ candidates });
  let hasReset = false;
  let lastEventId = cursor;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let abort = () => {};
  const client = {
    frames: [] as SseFrame[],
    acceptedAt: [] as number[],
    failedAttempts: 0,
    disconnect: () => abort(),
    close,
  };

  async function connect(): Promise<void> {
    const bearer = typeof token === 'string' ? token : await token();
    if (hasReset && onReset) lastEventId = await queryUntilSuccess(onReset);
    hasReset = false;
    if (isClosed) return;
    let retryMs: number | undefined;
    let isAccepted = false;
    const reconnect = () => {
      if (isClosed) return;
      if (!isAccepted) client.failedAttempts += 1;
      clearTimeout(timer);
      timer = setTimeout(() => void connect(), retryMs ?? defaultRetryMs);
    };
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (id) lastEventId = id;
        if (event === 'reset') hasReset = true;
        client.frames.push({ id, event, data: JSON.parse(data) });
        onFrame?.();
      },
      onRetry: (ms) => {
        retryMs = ms;
      },
    });
    const outgoing = request(`${typeof url === 'string' ? url : url()}/v1/events`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'last-event-id': lastEventId,
      },
    });
    outgoing.once('error', reconnect).once('response', (response) => {
      isAccepted = response.statusCode === 200;
      if (isAccepted) client.acceptedAt.push(performance.now());
      response.setEncoding('utf8');
      response.on('data', (text: string) => isAccepted && parser.feed(text));
      response.on('error', () => {});
      response.once('close', reconnect);
    });
    outgoing.end(body);
    abort = () => outgoing.destroy();
  }

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    abort();
  }

  async function queryUntilSuccess(query: () => Promise<string>): Promise<string> {
    for (;;) {
      const result = await query().catch(() => undefined);
      if (result !== undefined || isClosed) return result ?? lastEventId;
      await sleep(defaultRetryMs);
    }
  }
  void connect();
  return client;
}
