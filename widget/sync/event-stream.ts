/** A stream of server-sent events from the proxy. A new stream opens before the old one closes, so no event is lost. */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { createSseParser } from '../api/sse-parser.ts';
import type { Clock } from '../util/clock.ts';
import { createAbortController } from '../util/with-timeout.ts';
import { MIN_REOPEN_MS } from './stream-limits.ts';
import { watchKey } from './subscriptions.ts';

export interface EventStreamListener {
  /** Called for all data that arrives, including heartbeat comments. */
  onActivity(): void;
  onEvent(id: string | undefined, event: string | undefined, data: unknown): void;
  /** The stream ended before it received any data, so events may be lost. Some networks block streams. */
  onMissed(): void;
  /** @param retryAfterSeconds set by a restarting proxy, so that clients do not all reconnect at once. */
  onEnd(retryAfterSeconds: number | undefined): void;
}

/** Opens the request; resolves when the response headers have arrived. */
export type OpenEvents = (
  candidates: WatchedCandidate[],
  cursor: string | undefined,
  signal: AbortSignal,
) => Promise<Response>;

/** The proxy sends a comment every 15 s. A stream that misses three comments has failed. */
const MAX_SILENCE_MS = 45_000;

interface OpenStream {
  candidateKeys: Set<string>;
  /** Whether the token has changed since the stream was opened. */
  isStale: boolean;
  hasReceived: boolean;
  isClosed: boolean;
  close(): void;
}

export class EventStream {
  readonly #openEvents: OpenEvents;
  readonly #clock: Clock;
  readonly #listener: EventStreamListener;
  #stream: OpenStream | undefined;
  #openedAt = 0;

  constructor(openEvents: OpenEvents, clock: Clock, listener: EventStreamListener) {
    this.#openEvents = openEvents;
    this.#clock = clock;
    this.#listener = listener;
  }

  get isLive(): boolean {
    return !!this.#stream;
  }

  /** Whether it is too early to replace the stream because its candidates changed. */
  get isThrottled(): boolean {
    return !!this.#stream && !this.#stream.isStale && this.#clock.now() < this.#openedAt + MIN_REOPEN_MS;
  }

  covers(candidates: WatchedCandidate[]): boolean {
    const stream = this.#stream;
    return (
      !!stream && !stream.isStale && candidates.every((candidate) => stream.candidateKeys.has(watchKey(candidate)))
    );
  }

  /** Streams the events of these candidates that follow `cursor`. */
  async open(candidates: WatchedCandidate[], cursor: string | undefined): Promise<void> {
    const controller = createAbortController();
    const response = await this.#openEvents(candidates, cursor, controller.signal);
    const stream: OpenStream = {
      candidateKeys: new Set(candidates.map(watchKey)),
      isStale: false,
      hasReceived: false,
      isClosed: false,
      close() {
        stream.isClosed = true;
        controller.abort();
      },
    };
    this.close();
    this.#stream = stream;
    this.#openedAt = this.#clock.now();
    void this.#read(stream, response);
  }

  /** Must be called after the token has changed. The stream then covers no candidate until it is reopened. */
  markStale(): void {
    if (this.#stream) this.#stream.isStale = true;
  }

  close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }

  async #read(stream: OpenStream, response: Response): Promise<void> {
    let retryAfterSeconds: number | undefined;
    let cancelWatchdog = () => {};
    const restartWatchdog = () => {
      cancelWatchdog();
      cancelWatchdog = this.#clock.setTimer(MAX_SILENCE_MS, () => this.#end(stream));
    };
    const parse = createSseParser(({ id, event, data, retry }) => {
      if (retry) retryAfterSeconds = Number(retry) / 1000 || 0;
      const value = stream.isClosed ? undefined : parseJson(data);
      if (value === undefined) return;
      this.#listener.onEvent(id, event, value);
      if (event === 'reset') this.#end(stream);
    });
    const decoder = new TextDecoder();
    try {
      const reader = response.body?.getReader();
      for (;;) {
        restartWatchdog();
        const chunk = await reader?.read();
        if (stream.isClosed || !chunk || chunk.done) break;
        stream.hasReceived = true;
        this.#listener.onActivity();
        parse(decoder.decode(chunk.value, { stream: true }));
      }
    } catch {
      // A broken connection or a malformed frame ends the stream, as if the proxy had ended it.
    }
    cancelWatchdog();
    this.#end(stream, retryAfterSeconds);
  }

  #end(stream: OpenStream, retryAfterSeconds?: number): void {
    if (stream.isClosed) return;
    this.close();
    if (!stream.hasReceived) this.#listener.onMissed();
    this.#listener.onEnd(retryAfterSeconds);
  }
}

function parseJson(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
