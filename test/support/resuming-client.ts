/** An SSE client that follows the standard: it resumes from the last id, after the `retry` delay of the stream. */
import { request } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { SseFrame } from './api-client.ts';

export interface ResumingClient {
  readonly frames: SseFrame[];
  /** When the proxy accepted each stream, in milliseconds of `performance.now()`. */
  readonly acceptedAt: number[];
  /** How many attempts ended without an accepted stream. */
  readonly failedAttempts: number;
  close(): void;
}

export interface ResumingClientOptions {
  /** A token, or a function that creates one for each stream. */
  token: string | (() => Promise<string>);
  candidates: { candidate_email: string }[];
  cursor: string;
}

/** The delay before a reconnect if the stream had no `retry` field. */
const DEFAULT_RETRY_MS = 1_000;

export function startResumingClient(url: string, { token, candidates, cursor }: ResumingClientOptions): ResumingClient {
  const body = JSON.stringify({ candidates });
  let lastEventId = cursor;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let disconnect = () => {};
  const client = { frames: [] as SseFrame[], acceptedAt: [] as number[], failedAttempts: 0, close };

  async function connect(): Promise<void> {
    const bearer = typeof token === 'string' ? token : await token();
    if (isClosed) return;
    let retryMs: number | undefined;
    let isAccepted = false;
    const reconnect = () => {
      if (isClosed) return;
      if (!isAccepted) client.failedAttempts += 1;
      clearTimeout(timer);
      timer = setTimeout(() => void connect(), retryMs ?? DEFAULT_RETRY_MS);
    };
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (id) lastEventId = id;
        client.frames.push({ id, event, data: JSON.parse(data) });
      },
      onRetry: (ms) => {
        retryMs = ms;
      },
    });
    const outgoing = request(`${url}/v1/events`, {
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
    disconnect = () => outgoing.destroy();
  }

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    disconnect();
  }
  void connect();
  return client;
}
