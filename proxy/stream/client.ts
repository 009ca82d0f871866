/**
 * Serves one stream. It first subscribes, then replays the log from the client's cursor, then sends live events. The
 * proxy queues nothing for a slow client: it replays the log when the socket drains, or closes the stream after a
 * timeout.
 *
 * The response has no length and no chunked encoding, and ends with its connection. So a frame has the same bytes for
 * every client, and is sent with one write.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { canSee, canSeeProject, type Recruiter } from '../auth/recruiter.ts';
import type { Clock } from '../util/clock.ts';
import { InvalidRequest } from '../util/errors.ts';
import type { Broker, Subscriber, Subscription } from './broker.ts';
import { encodeFrame, HEARTBEAT, type StreamEvent } from './frame.ts';
import type { SubscriptionRequest } from './subscriptions.ts';

interface StreamOptions {
  broker: Broker;
  clock: Clock;
  response: ServerResponse;
  recruiter: Recruiter;
  request: SubscriptionRequest;
  /** Header `Last-Event-ID`. Without it the stream starts at the newest event. */
  lastEventId: string | undefined;
  /** Called for the first event of each session. */
  onFirstShown: (event: StreamEvent) => void;
}

/** A client must read the data in its socket within this time. */
const SLOW_CLIENT_TIMEOUT_MS = 10_000;

/**
 * Serves the stream until the client disconnects, the token expires or the broker closes.
 * @throws InvalidRequest if an earlier response still uses the connection (HTTP pipelining).
 */
export function serveStream(options: StreamOptions): void {
  const { broker, response, request, lastEventId } = options;
  if (response.destroyed) return;
  if (!response.socket) throw new InvalidRequest('A stream needs its own connection.');
  response.removeHeader('transfer-encoding');
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // Keeps nginx from buffering the stream.
    'x-accel-buffering': 'no',
    connection: 'close',
  });
  response.flushHeaders();
  response.socket.write(HEARTBEAT);
  const cursor = lastEventId === undefined ? broker.lastSeq : parseLastEventId(lastEventId, broker.epoch);
  new SseClient(options, response.socket).start(request, cursor);
}

/** A process has thousands of these objects, so every field costs memory. */
class SseClient implements Subscriber {
  readonly #broker: Broker;
  readonly #clock: Clock;
  readonly #response: ServerResponse;
  readonly #socket: Socket;
  readonly #recruiter: Recruiter;
  readonly #onFirstShown: (event: StreamEvent) => void;
  #subscription: Subscription | undefined;
  #shownSessions: Set<string> | undefined;
  #cursor = 0;
  /** Whether to skip live events, because a replay will include them. */
  #isBehind = true;
  #isOpen = true;
  #cancelExpiry: (() => void) | undefined;
  #cancelSlowTimeout: (() => void) | undefined;

  constructor({ broker, clock, response, recruiter, onFirstShown }: StreamOptions, socket: Socket) {
    this.#broker = broker;
    this.#clock = clock;
    this.#response = response;
    this.#socket = socket;
    this.#recruiter = recruiter;
    this.#onFirstShown = onFirstShown;
  }

  /** @param cursor number of the last event the client has; undefined if that event belongs to another epoch. */
  start(request: SubscriptionRequest, cursor: number | undefined): void {
    this.#response.once('close', () => this.#cleanUp());
    this.#cancelExpiry = this.#clock.runAfter(this.#recruiter.expiresAt - this.#clock.now(), () => this.end());
    this.#subscription = this.#broker.subscribe(this, request);
    this.#cursor = cursor ?? 0;
    if (cursor === undefined) this.#reset();
    else if (cursor === this.#broker.lastSeq) this.#isBehind = false;
    else void this.#catchUp();
  }

  receive(event: StreamEvent): void {
    if (!this.#isOpen || this.#isBehind || event.seq <= this.#cursor) return;
    if (!this.#send(event)) this.#waitForDrain();
  }

  sendHeartbeat(): void {
    if (!this.#socket.writableNeedDrain) this.#socket.write(HEARTBEAT);
  }

  end(lastBytes?: Buffer): void {
    if (!this.#isOpen) return;
    this.#cleanUp();
    if (lastBytes) this.#socket.write(lastBytes);
    this.#response.end();
    const cancel = this.#clock.runAfter(SLOW_CLIENT_TIMEOUT_MS, () => this.#response.destroy());
    this.#response.once('close', cancel);
  }

  /** Returns whether the socket accepts more. */
  #send(event: StreamEvent): boolean {
    this.#cursor = event.seq;
    if (event.type === 'reset') this.#reset();
    if (!this.#isOpen || !this.#canSee(event)) return true;
    const acceptsMore = this.#socket.write(event.encodeFor(this.#recruiter));
    if (event.type === 'session' && !this.#shownSessions?.has(event.session_uuid)) {
      this.#shownSessions ??= new Set();
      this.#shownSessions.add(event.session_uuid);
      this.#onFirstShown(event);
    }
    return acceptsMore;
  }

  #canSee(event: StreamEvent): boolean {
    return event.type === 'batch' ? canSeeProject(this.#recruiter, event.project_id) : canSee(this.#recruiter, event);
  }

  #waitForDrain(): void {
    this.#isBehind = true;
    this.#cancelSlowTimeout = this.#clock.runAfter(SLOW_CLIENT_TIMEOUT_MS, () => this.#response.destroy());
    this.#socket.once('drain', () => {
      this.#cancelSlowTimeout?.();
      void this.#catchUp();
    });
  }

  async #catchUp(): Promise<void> {
    try {
      while (this.#isOpen) {
        const page = await this.#subscription?.replay(this.#cursor);
        if (!page) return this.#reset();
        for (const event of page.events) {
          if (!this.#isOpen) return;
          if (!this.#send(event)) return this.#waitForDrain();
        }
        this.#cursor = page.upTo;
        if (this.#cursor >= this.#broker.lastSeq) {
          this.#isBehind = false;
          return;
        }
      }
    } catch {
      // The client reconnects with its cursor.
      this.#response.destroy();
    }
  }

  /** Ends the stream with `reset`, so that the client queries again. */
  #reset(): void {
    this.end(encodeFrame('reset', `${this.#broker.epoch}.${this.#broker.lastSeq}`, '{}'));
  }

  #cleanUp(): void {
    this.#isOpen = false;
    this.#subscription?.close();
    this.#cancelExpiry?.();
    this.#cancelSlowTimeout?.();
  }
}

/** Returns the number in `<epoch>.<seq>`, or undefined if the id belongs to another epoch. */
function parseLastEventId(id: string, currentEpoch: string): number | undefined {
  const [, epoch, seq] = /^([0-9a-f]+)\.(\d{1,15})$/.exec(id) ?? [];
  return epoch === currentEpoch ? Number(seq) : undefined;
}
