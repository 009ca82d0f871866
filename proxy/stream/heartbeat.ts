/**
 * The one heartbeat of all streams. It goes round: a twentieth of them at a time, so that thousands of comments never
 * stand before an event.
 */
import type { Clock } from '../util/clock.ts';

/** Milliseconds between comments that keep a stream alive; the contract promises 15 s. */
const HEARTBEAT_MS = 10_000;
const SHARD_COUNT = 20;

export class Heartbeat<W extends { sendHeartbeat(): void }> {
  readonly #clock: Clock;
  readonly #shards = Array.from({ length: SHARD_COUNT }, () => new Set<W>());
  #nextShard = 0;
  #currentShard = 0;
  #clientCount = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Beats for `one` from now on; the answer ends that. */
  add(one: W): () => void {
    this.#nextShard = (this.#nextShard + 1) % SHARD_COUNT;
    const part = this.#shards[this.#nextShard]?.add(one);
    this.#clientCount += 1;
    this.#cancelTimer ??= this.#clock.runAfter(HEARTBEAT_MS / SHARD_COUNT, () => this.#tick());
    return () => {
      if (!part?.delete(one)) return;
      this.#clientCount -= 1;
      if (!this.#clientCount) this.stop();
    };
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #tick(): void {
    this.#currentShard = (this.#currentShard + 1) % SHARD_COUNT;
    for (const one of this.#shards[this.#currentShard] ?? []) one.sendHeartbeat();
    this.#cancelTimer = this.#clientCount
      ? this.#clock.runAfter(HEARTBEAT_MS / SHARD_COUNT, () => this.#tick())
      : undefined;
  }
}
