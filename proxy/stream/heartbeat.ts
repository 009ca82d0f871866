/** Sends heartbeats to a twentieth of the streams at a time, so that thousands of heartbeats never delay an event. */
import type { Clock } from '../util/clock.ts';

/** Time between two heartbeats of a stream. The API promises one at least every 15 s. */
const HEARTBEAT_MS = 10_000;
const SHARD_COUNT = 20;

interface Client {
  sendHeartbeat(): void;
}

export class Heartbeat {
  readonly #clock: Clock;
  readonly #shards = Array.from({ length: SHARD_COUNT }, () => new Set<Client>());
  #newestShard = 0;
  #dueShard = 0;
  #clientCount = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns a function that removes the client. */
  add(client: Client): () => void {
    this.#newestShard = (this.#newestShard + 1) % SHARD_COUNT;
    const shard = this.#shards[this.#newestShard]?.add(client);
    this.#clientCount += 1;
    if (!this.#cancelTimer) this.#schedule();
    return () => {
      if (!shard?.delete(client)) return;
      this.#clientCount -= 1;
      if (!this.#clientCount) this.stop();
    };
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #schedule(): void {
    this.#cancelTimer = this.#clock.runAfter(HEARTBEAT_MS / SHARD_COUNT, () => this.#tick());
  }

  #tick(): void {
    this.#dueShard = (this.#dueShard + 1) % SHARD_COUNT;
    for (const client of this.#shards[this.#dueShard] ?? []) client.sendHeartbeat();
    if (this.#clientCount) this.#schedule();
  }
}
