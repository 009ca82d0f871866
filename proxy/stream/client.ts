/**
 * One reader of the stream. It subscribes first, then replays from its cursor, then goes live; whenever the reader
 * does not drain, nothing is queued for it: it is replayed to again from its cursor, or closed.
 *
 * The answer's body lasts until its connection ends, without chunks: so a frame is the same bytes for every reader, and
 * goes to the socket as one write.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { canSee, canSeeProject, type Recruiter } from '../auth/recruiter.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import type { Clock } from '../util/clock.ts';
import { InvalidRequest } from '../util/errors.ts';
import type { Broker, Subscriber, Subscription } from './broker.ts';
import { encodeFrame, HEARTBEAT, type StreamEvent } from './frame.ts';
import type { StreamFilter, SubscriptionRequest } from './subscriptions.ts';

interface Options {
  broker: Broker;
  clock: Clock;
  response: ServerResponse;
  recruiter: Recruiter;
  candidates: readonly WatchedCandidate[];
  /** What the reader follows whoever it is about. */
  filters?: readonly StreamFilter[];
  /** Ids of the batches that the reader may follow. */
  batches?: readonly string[];
  /** Header `Last-Event-ID`; without it the stream starts now. */
  lastEventId: string | undefined;
  /** Is told of each session that the reader is shown, the first time. */
  onFirstShown: (event: StreamEvent) => void;
}

/** Milliseconds that a reader may take to drain before it is closed. */
const DRAIN_TIMEOUT_MS = 10_000;

/**
 * Serves the stream until the reader leaves, the token ends or the hub closes; to one who has left before, none.
 * @throws InvalidRequest where the connection is still busy with an answer before this one.
 */
export function serveStream(options: Options): void {
  const { broker: hub, response, candidates, filters: reaches = [], batches = [], lastEventId } = options;
  if (response.destroyed) return;
  if (!response.socket) throw new InvalidRequest('A stream needs a connection that waits for nothing else.');
  response.removeHeader('transfer-encoding');
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    connection: 'close',
  });
  response.flushHeaders();
  response.socket.write(HEARTBEAT);
  const start = lastEventId === undefined ? hub.lastSeq : parseLastEventId(lastEventId, hub.epoch);
  new SseClient(options, response.socket, start ?? hub.lastSeq).start(
    { candidates, filters: reaches, batches },
    start !== undefined,
  );
}

/** There are thousands of them: what each holds is counted. */
class SseClient implements Subscriber {
  readonly #broker: Broker;
  readonly #clock: Clock;
  readonly #response: ServerResponse;
  readonly #socket: Socket;
  readonly #recruiter: Recruiter;
  readonly #onFirstShown: (event: StreamEvent) => void;
  #subscription: Subscription | undefined;
  #shownSessions: Set<string> | undefined;
  #cursor: number;
  /** Live events are skipped: the replay under way, or the next one, will bring them. */
  #isBehind = true;
  #isOpen = true;
  #cancelExpiry: (() => void) | undefined;
  #cancelDrainTimeout: (() => void) | undefined;

  constructor(
    { broker: hub, clock, response, recruiter, onFirstShown: onShown }: Options,
    socket: Socket,
    cursor: number,
  ) {
    this.#broker = hub;
    this.#clock = clock;
    this.#response = response;
    this.#socket = socket;
    this.#recruiter = recruiter;
    this.#onFirstShown = onShown;
    this.#cursor = cursor;
  }

  start(watched: SubscriptionRequest, resumable: boolean): void {
    this.#response.once('close', () => this.#cleanUp());
    this.#cancelExpiry = this.#clock.runAfter(this.#recruiter.expiresAt - this.#clock.now(), () => this.end());
    this.#subscription = this.#broker.subscribe(this, watched);
    if (!resumable) this.#reset();
    else if (this.#cursor === this.#broker.lastSeq) this.#isBehind = false;
    else void this.#catchUp();
  }

  receive(event: StreamEvent): void {
    if (!this.#isOpen || this.#isBehind || event.seq <= this.#cursor) return;
    if (!this.#send(event)) this.#waitForDrain();
  }

  sendHeartbeat(): void {
    if (!this.#socket.writableNeedDrain) this.#socket.write(HEARTBEAT);
  }

  end(last?: Buffer): void {
    if (!this.#isOpen) return;
    this.#cleanUp();
    if (last) this.#socket.write(last);
    this.#response.end();
    const cancel = this.#clock.runAfter(DRAIN_TIMEOUT_MS, () => this.#response.destroy());
    this.#response.once('close', cancel);
  }

  /** Answers whether the reader takes more. */
  #send(event: StreamEvent): boolean {
    this.#cursor = event.seq;
    if (!this.#canSee(event)) return true;
    const more = this.#socket.write(event.encode(this.#recruiter.scope.has('invite')));
    if (!event.isErased && !event.isBatch && !this.#shownSessions?.has(event.session_uuid)) {
      this.#shownSessions ??= new Set();
      this.#shownSessions.add(event.session_uuid);
      this.#onFirstShown(event);
    }
    return more;
  }

  #canSee(event: StreamEvent): boolean {
    return event.isBatch ? canSeeProject(this.#recruiter, event.project_id) : canSee(this.#recruiter, event);
  }

  #waitForDrain(): void {
    this.#isBehind = true;
    this.#cancelDrainTimeout = this.#clock.runAfter(DRAIN_TIMEOUT_MS, () => this.#response.destroy());
    this.#socket.once('drain', () => {
      this.#cancelDrainTimeout?.();
      void this.#catchUp();
    });
  }

  async #catchUp(): Promise<void> {
    try {
      while (this.#isOpen) {
        const page = await this.#subscription?.replay(this.#cursor);
        if (!this.#isOpen) return;
        if (!page) return this.#reset();
        for (const event of page.events) if (!this.#send(event)) return this.#waitForDrain();
        this.#cursor = page.upTo;
        if (this.#cursor >= this.#broker.lastSeq) {
          this.#isBehind = false;
          return;
        }
      }
    } catch {
      this.#response.destroy();
    }
  }

  #reset(): void {
    this.end(encodeFrame('reset', `${this.#broker.epoch}.${this.#broker.lastSeq}`, {}));
  }

  #cleanUp(): void {
    this.#isOpen = false;
    this.#subscription?.close();
    this.#cancelExpiry?.();
    this.#cancelDrainTimeout?.();
  }
}

/** The number in `<epoch>.<seq>`; undefined where it is not of this epoch. */
function parseLastEventId(id: string, epoch: string): number | undefined {
  const [, of, seq] = /^([0-9a-f]+)\.(\d{1,15})$/.exec(id) ?? [];
  return of === epoch ? Number(seq) : undefined;
}
