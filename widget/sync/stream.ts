/** The one stream of a connection. A new one opens before the old one closes, so that nothing falls between the two. */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { openStream } from '../api/sse-connection.ts';
import type { Clock } from '../util/clock.ts';
import { watchKey } from './subscriptions.ts';

export interface EventStreamListener {
  /** Anything at all arrived, a comment included. */
  onActivity(): void;
  onFrame(id: string | undefined, event: string | undefined, data: unknown): void;
  /** Nothing ever came over a stream, so that what it should have brought is missed. */
  onMissed(): void;
  /** The line is dead; `retryAfter` in seconds, where the proxy has told it. */
  onEnd(retryAfter: number | undefined): void;
}

type Connect = (candidates: WatchedCandidate[], cursor: string | undefined, signal: AbortSignal) => Promise<Response>;

/** Milliseconds between two openings of a stream whose candidates alone have changed: lists are scrolled. */
export const MIN_REOPEN_MS = 1_000;

interface OpenStream {
  /** The candidates it covers; none any more once its token is about to end. */
  keys: Set<string>;
  heard: boolean;
  over: boolean;
  close: () => void;
}

export class EventStream {
  readonly #connect: Connect;
  readonly #clock: Clock;
  readonly #listener: EventStreamListener;
  #stream: OpenStream | undefined;
  #openedAt = 0;

  constructor(connect: Connect, clock: Clock, listener: EventStreamListener) {
    this.#connect = connect;
    this.#clock = clock;
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return !!this.#stream;
  }

  /** Whether it was opened a moment ago, and for a reason that has not gone. */
  get wasJustOpened(): boolean {
    return !!this.#stream?.keys.size && this.#clock.now() < this.#openedAt + MIN_REOPEN_MS;
  }

  covers(candidates: WatchedCandidate[]): boolean {
    return candidates.every((candidate) => this.#stream?.keys.has(watchKey(candidate)));
  }

  /** Has news of these candidates come from `cursor` on. */
  async open(candidates: WatchedCandidate[], cursor: string | undefined): Promise<void> {
    const mine: OpenStream = { keys: new Set(candidates.map(watchKey)), heard: false, over: false, close() {} };
    mine.close = await openStream((signal) => this.#connect(candidates, cursor, signal), this.#clock, {
      onActivity: () => {
        mine.heard = true;
        this.#listener.onActivity();
      },
      onFrame: (id, event, data) => {
        this.#listener.onFrame(id, event, data);
        if (event === 'reset') this.#handleEnd(mine);
      },
      onEnd: ({ details: facts }) => this.#handleEnd(mine, facts.retryAfter),
    });
    this.close();
    this.#stream = mine;
    this.#openedAt = this.#clock.now();
    if (mine.over) this.#handleEnd(mine);
  }

  /** Has the next look open anew, whatever is covered: the token of this stream is about to end. */
  markStale(): void {
    this.#stream?.keys.clear();
  }

  close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }

  #handleEnd(stream: OpenStream, retryAfter?: number): void {
    stream.over = true;
    stream.close();
    if (!stream.heard) this.#listener.onMissed();
    if (stream !== this.#stream) return;
    this.#stream = undefined;
    this.#listener.onEnd(retryAfter);
  }
}
