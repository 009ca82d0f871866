/**
 * Keeps one batch up to date. A stream opens before the batch is read, so no progress is lost. A broken stream opens
 * again with backoff. Without streams, the batch is read every few seconds. A finished batch needs no stream.
 */
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Client } from '../api/client.ts';
import { throwUnreachable, toProblem, type WidgetProblem } from '../api/errors.ts';
import {
  type Batch,
  type BatchProgress,
  type BatchRow,
  parseBatch,
  parseBatchProgress,
  parseBatchRows,
} from '../api/parse-batch.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import type { EventStream } from './event-stream.ts';

const POLL_MS = 5_000;
/** The pace is measured over this time. */
const PACE_WINDOW_MS = 2 * 60_000;
const MIN_PACE_MS = 3_000;
const UNSENT_REASONS = ['invalid_email', 'invalid_name', 'duplicate'];

interface Sample {
  at: number;
  doneCount: number;
}

export class BatchWatcher {
  batch: Batch | undefined;
  problem: WidgetProblem | undefined;
  isOffline = false;
  readonly #batchId: string;
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #stream: EventStream | undefined;
  #samples: Sample[] = [];
  #failureCount = 0;
  #isPaused = true;
  /** Increases with each sync. The response of an older one is dropped. */
  #generation = 0;
  #cancelTimer = () => {};

  constructor(client: Client, clock: Clock, batchId: string, onChange: () => void) {
    this.#client = client;
    this.#clock = clock;
    this.#batchId = batchId;
    this.#onChange = onChange;
  }

  /** Milliseconds until the queue is empty at the current pace; undefined while the pace is unknown. */
  get timeLeftMs(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const queued = this.batch?.counts.queued ?? 0;
    if (!first || !last || last.at - first.at < MIN_PACE_MS || last.doneCount <= first.doneCount) return undefined;
    return (queued * (last.at - first.at)) / (last.doneCount - first.doneCount);
  }

  onVisibilityChange(isVisible: boolean): void {
    if (isVisible && this.#isPaused) {
      this.#isPaused = false;
      this.retry();
    } else if (!isVisible) this.close();
  }

  onOffline(): void {
    this.isOffline = true;
    this.#onChange();
  }

  /** Shows the response to a retry or a cancellation, and reads the rows again. */
  applyProgress(progress: BatchProgress): void {
    if (this.batch) this.batch = { ...this.batch, ...progress };
    this.#samples = [];
    this.retry();
  }

  /** Reads the batch now and opens a new stream. */
  retry(): void {
    if (this.#isPaused) return;
    this.isOffline = false;
    this.#stream?.close();
    void this.#sync();
  }

  /** Stops until the page is visible again. */
  close(): void {
    this.#isPaused = true;
    this.#generation++;
    this.#samples = [];
    this.#cancelTimer();
    this.#stream?.close();
  }

  async #sync(): Promise<void> {
    const generation = ++this.#generation;
    this.#cancelTimer();
    try {
      const canStream = this.#client.canStream && this.batch?.counts.queued !== 0;
      if (canStream) await this.#openStream();
      const batch = await this.#client.request(ROUTES.batchPath(this.#batchId), {}, parseBatch);
      if (generation !== this.#generation) return;
      this.batch = batch;
      this.problem = undefined;
      this.#addSample();
      if (!batch.counts.queued) this.#stream?.close();
      else if (!this.#client.canStream) this.#scheduleSync(POLL_MS);
    } catch (cause) {
      if (generation !== this.#generation) return;
      this.problem = toProblem(cause);
      this.#scheduleSync(computeBackoff(this.#failureCount++, this.#clock, this.problem.details.retryAfter));
    }
    this.#onChange();
  }

  async #openStream(): Promise<void> {
    const { EventStream } = await import('./event-stream.ts').catch(throwUnreachable);
    this.#stream ??= new EventStream(
      (_, cursor, signal) => this.#client.openEvents({ batches: [this.#batchId] }, cursor, signal),
      this.#clock,
      {
        onActivity: () => {
          this.#failureCount = 0;
        },
        onEvent: (_, event, data) => {
          if (event === 'batch') this.#applyFrame(data);
        },
        onMissed() {},
        onEnd: (retryAfter) => this.#scheduleSync(computeBackoff(this.#failureCount++, this.#clock, retryAfter)),
      },
    );
    await this.#stream.open([], undefined);
  }

  #scheduleSync(ms: number): void {
    this.#cancelTimer();
    if (!this.#isPaused) this.#cancelTimer = this.#clock.setTimer(ms, () => void this.#sync());
  }

  #applyFrame(data: unknown): void {
    const progress = parseBatchProgress(data);
    const { batch } = this;
    if (!progress || !batch || progress.batch_id !== batch.batch_id) return;
    // An erasure has removed rows.
    if (progress.total !== batch.rows.length) return void this.#sync();
    this.batch = { ...batch, ...progress, rows: mergeRows(batch.rows, parseBatchRows(data)) };
    this.#addSample();
    // The rows of the last change may come in several frames.
    if (!progress.counts.queued) this.retry();
    this.#onChange();
  }

  #addSample(): void {
    const { total = 0, counts } = this.batch ?? {};
    const at = this.#clock.now();
    this.#samples = this.#samples.filter((sample) => sample.at > at - PACE_WINDOW_MS);
    this.#samples.push({ at, doneCount: total - (counts?.queued ?? 0) });
  }
}

/** Rows that were never sent have no changes, and may have the email of another row. */
function mergeRows(rows: readonly BatchRow[], changed: readonly BatchRow[]): BatchRow[] {
  const byEmail = new Map(changed.map((row) => [row.candidate_email, row]));
  return rows.map((row) => {
    const isUnsent = UNSENT_REASONS.includes(row.reason ?? '');
    return (isUnsent ? undefined : byEmail.get(row.candidate_email)) ?? row;
  });
}
