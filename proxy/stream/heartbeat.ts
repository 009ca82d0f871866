/**
 * The one heartbeat of all streams. It goes round: a twentieth of them at a time, so that thousands of comments never
 * stand before an event.
 */
import type { Clock } from '../util/clock.ts';

/** Milliseconds between comments that keep a stream alive; the contract promises 15 s. */
const EVERY = 10_000;
const PARTS = 20;

export class Heartbeat<W extends { beat(): void }> {
  readonly #clock: Clock;
  readonly #parts = Array.from({ length: PARTS }, () => new Set<W>());
  #next = 0;
  #turn = 0;
  #size = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Beats for `one` from now on; the answer ends that. */
  add(one: W): () => void {
    this.#next = (this.#next + 1) % PARTS;
    const part = this.#parts[this.#next]?.add(one);
    this.#size += 1;
    this.#cancel ??= this.#clock.after(EVERY / PARTS, () => this.#beat());
    return () => {
      if (!part?.delete(one)) return;
      this.#size -= 1;
      if (!this.#size) this.stop();
    };
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #beat(): void {
    this.#turn = (this.#turn + 1) % PARTS;
    for (const one of this.#parts[this.#turn] ?? []) one.beat();
    this.#cancel = this.#size ? this.#clock.after(EVERY / PARTS, () => this.#beat()) : undefined;
  }
}
