/**
 * One reader of the stream. It subscribes first, then replays from its cursor, then goes live; whenever the reader
 * does not drain, nothing is queued for it: it is replayed to again from its cursor, or closed.
 *
 * The answer's body lasts until its connection ends, without chunks: so a frame is the same bytes for every reader, and
 * goes to the socket as one write.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { maySee, maySeeProject, type Recruiter } from '../auth/recruiter.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import type { Clock } from '../util/clock.ts';
import { InvalidRequest } from '../util/errors.ts';
import type { Hub, Subscription, Watcher } from './broker.ts';
import { frame, HEARTBEAT, type StreamEvent } from './frame.ts';
import type { Reach, Watched } from './subscriptions.ts';

interface Options {
  hub: Hub;
  clock: Clock;
  response: ServerResponse;
  recruiter: Recruiter;
  candidates: readonly WatchedCandidate[];
  /** What the reader follows whoever it is about. */
  reaches?: readonly Reach[];
  /** Ids of the batches that the reader may follow. */
  batches?: readonly string[];
  /** Header `Last-Event-ID`; without it the stream starts now. */
  lastEventId: string | undefined;
  /** Is told of each session that the reader is shown, the first time. */
  onShown: (event: StreamEvent) => void;
}

/** Milliseconds that a reader may take to drain before it is closed. */
const DRAIN_LIMIT = 10_000;

/**
 * Serves the stream until the reader leaves, the token ends or the hub closes; to one who has left before, none.
 * @throws InvalidRequest where the connection is still busy with an answer before this one.
 */
export function serveStream(options: Options): void {
  const { hub, response, candidates, reaches = [], batches = [], lastEventId } = options;
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
  const start = lastEventId === undefined ? hub.head : seqOf(lastEventId, hub.epoch);
  new Reader(options, response.socket, start ?? hub.head).start({ candidates, reaches, batches }, start !== undefined);
}

/** There are thousands of them: what each holds is counted. */
class Reader implements Watcher {
  readonly #hub: Hub;
  readonly #clock: Clock;
  readonly #response: ServerResponse;
  readonly #socket: Socket;
  readonly #recruiter: Recruiter;
  readonly #onShown: (event: StreamEvent) => void;
  #subscription: Subscription | undefined;
  #shown: Set<string> | undefined;
  #cursor: number;
  /** Live events are skipped: the replay under way, or the next one, will bring them. */
  #behind = true;
  #open = true;
  #cancelExpiry: (() => void) | undefined;
  #cancelDrainLimit: (() => void) | undefined;

  constructor({ hub, clock, response, recruiter, onShown }: Options, socket: Socket, cursor: number) {
    this.#hub = hub;
    this.#clock = clock;
    this.#response = response;
    this.#socket = socket;
    this.#recruiter = recruiter;
    this.#onShown = onShown;
    this.#cursor = cursor;
  }

  start(watched: Watched, resumable: boolean): void {
    this.#response.once('close', () => this.#release());
    this.#cancelExpiry = this.#clock.after(this.#recruiter.expiresAt - this.#clock.now(), () => this.end());
    this.#subscription = this.#hub.subscribe(this, watched);
    if (!resumable) this.#reset();
    else if (this.#cursor === this.#hub.head) this.#behind = false;
    else void this.#catchUp();
  }

  receive(event: StreamEvent): void {
    if (!this.#open || this.#behind || event.seq <= this.#cursor) return;
    if (!this.#send(event)) this.#waitForDrain();
  }

  beat(): void {
    if (!this.#socket.writableNeedDrain) this.#socket.write(HEARTBEAT);
  }

  end(last?: Buffer): void {
    if (!this.#open) return;
    this.#release();
    if (last) this.#socket.write(last);
    this.#response.end();
    const cancel = this.#clock.after(DRAIN_LIMIT, () => this.#response.destroy());
    this.#response.once('close', cancel);
  }

  /** Answers whether the reader takes more. */
  #send(event: StreamEvent): boolean {
    this.#cursor = event.seq;
    if (!this.#maySee(event)) return true;
    const more = this.#socket.write(event.encoded(this.#recruiter.scope.has('invite')));
    if (!event.gone && !event.batch && !this.#shown?.has(event.session_uuid)) {
      this.#shown ??= new Set();
      this.#shown.add(event.session_uuid);
      this.#onShown(event);
    }
    return more;
  }

  #maySee(event: StreamEvent): boolean {
    return event.batch ? maySeeProject(this.#recruiter, event.project_id) : maySee(this.#recruiter, event);
  }

  #waitForDrain(): void {
    this.#behind = true;
    this.#cancelDrainLimit = this.#clock.after(DRAIN_LIMIT, () => this.#response.destroy());
    this.#socket.once('drain', () => {
      this.#cancelDrainLimit?.();
      void this.#catchUp();
    });
  }

  async #catchUp(): Promise<void> {
    try {
      while (this.#open) {
        const page = await this.#subscription?.replay(this.#cursor);
        if (!this.#open) return;
        if (!page) return this.#reset();
        for (const event of page.events) if (!this.#send(event)) return this.#waitForDrain();
        this.#cursor = page.upTo;
        if (this.#cursor >= this.#hub.head) {
          this.#behind = false;
          return;
        }
      }
    } catch {
      this.#response.destroy();
    }
  }

  #reset(): void {
    this.end(frame('reset', `${this.#hub.epoch}.${this.#hub.head}`, {}));
  }

  #release(): void {
    this.#open = false;
    this.#subscription?.close();
    this.#cancelExpiry?.();
    this.#cancelDrainLimit?.();
  }
}

/** The number in `<epoch>.<seq>`; undefined where it is not of this epoch. */
function seqOf(id: string, epoch: string): number | undefined {
  const [, of, seq] = /^([0-9a-f]+)\.(\d{1,15})$/.exec(id) ?? [];
  return of === epoch ? Number(seq) : undefined;
}
