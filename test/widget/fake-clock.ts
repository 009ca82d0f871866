/** A clock whose time changes only when a test advances it. */
import type { Clock } from '../../widget/util/clock.ts';

export class WidgetTestClock implements Clock {
  time = Date.parse('2026-01-15T12:00:00Z');
  /** Every random number of the widget, so that a jitter is predictable. */
  randomValue = 0.5;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  now(): number {
    return this.time;
  }

  random(): number {
    return this.randomValue;
  }

  setTimer(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Advances the time, runs the due timers in order, and flushes all promises. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await flushPromises();
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#timers.delete(next);
      // A test may have set `time` to a later time than the timer's.
      this.time = Math.max(this.time, next.at);
      next.run();
      await flushPromises();
    }
    this.time = end;
    await flushPromises();
  }
}

/** How many locks and tasks in sequence one flush waits for. A test with a longer sequence flushes twice. */
const FLUSH_ROUNDS = 5;

/** Waits until all promises that can settle have settled, including those that wait for a lock. */
export async function flushPromises(): Promise<void> {
  for (let round = 0; round < FLUSH_ROUNDS; round++) {
    await navigator.locks.query();
    await new Promise((resolve) => setTimeout(resolve));
  }
}
