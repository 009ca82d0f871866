/** Runs one sync at a time: on request, at a scheduled time, and after a failure with backoff. */
import { toProblem, type WidgetProblem } from '../api/errors.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import { waitForDeferredWork } from '../util/yield-to-page.ts';

export interface SyncLoopListener {
  syncOnce(): Promise<void>;
  onFailure(problem: WidgetProblem): void;
  /** The loop was paused during a sync. */
  onPausedDuringSync(): void;
}

export class SyncLoop {
  /** Whether another sync follows the current one. */
  needsRerun = false;
  #isPaused: boolean;
  readonly #clock: Clock;
  readonly #listener: SyncLoopListener;
  #isSyncing = false;
  #failureCount = 0;
  #cancelTimer = () => {};

  constructor(clock: Clock, isPaused: boolean, listener: SyncLoopListener) {
    this.#clock = clock;
    this.#isPaused = isPaused;
    this.#listener = listener;
  }

  /** Requests a sync. Calls before the sync starts share one sync. Calls during a sync share the next one. */
  request(): void {
    this.needsRerun = true;
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    void waitForDeferredWork().then(async () => {
      this.#cancelTimer();
      while (this.needsRerun && !this.#isPaused) {
        this.needsRerun = false;
        await this.#listener.syncOnce().catch((cause: unknown) => this.#scheduleRetryAfterFailure(toProblem(cause)));
      }
      this.#isSyncing = false;
      if (this.#isPaused) this.#listener.onPausedDuringSync();
    });
  }

  /** Syncs after `ms`. Replaces the sync that was scheduled before. */
  schedule(ms: number, beforeSync = () => {}): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.setTimer(ms, () => {
      beforeSync();
      this.request();
    });
  }

  scheduleRetry(retryAfterSeconds?: number): void {
    this.schedule(computeBackoff(this.#failureCount++, this.#clock, retryAfterSeconds));
  }

  resetBackoff(): void {
    this.#failureCount = 0;
  }

  pause(): void {
    this.#isPaused = true;
    this.#cancelTimer();
  }

  /** Returns whether the loop was paused. */
  resume(): boolean {
    const wasPaused = this.#isPaused;
    this.#isPaused = false;
    return wasPaused;
  }

  #scheduleRetryAfterFailure(problem: WidgetProblem): void {
    this.needsRerun = false;
    this.scheduleRetry(problem.details.retryAfter);
    this.#listener.onFailure(problem);
  }
}
