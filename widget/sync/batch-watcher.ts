/**
 * Keeps one batch up to date. Opens a stream before it reads the batch, so that no progress is lost. Reopens a broken
 * stream with backoff. Polls if the browser offers no streams. The stream of a finished batch reports erasures.
 */
import * as ROUTES from '../../proxy/contract/routes.ts';
import type { Client } from '../api/client.ts';
import { throwUnreachable, toProblem, type WidgetProblem } from '../api/errors.ts';
import {
  type Batch,
  type BatchProgress,
  type BatchRow,
  INVALID_ROW_REASONS,
  parseBatch,
  parseBatchProgress,
  parseBatchRows,
} from '../api/parse-batch.ts';
import { computeBackoff } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import type { EventStream } from './event-stream.ts';

const POLL_MS = 5_000;
/** The estimate of the time left is based on the progress in this period. */
const SAMPLE_WINDOW_MS = 2 * 60_000;
/** There is no estimate until the samples span this time. */
const MIN_SAMPLE_SPAN_MS = 3_000;

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
  /** Increases with each sync, so that the response to an older sync is ignored. */
  #generation = 0;
  #cancelTimer = () => {};

  constructor(client: Client, clock: Clock, batchId: string, onChange: () => void) {
    this.#client = client;
    this.#clock = clock;
    this.#batchId = batchId;
    this.#onChange = onChange;
  }

  /** The estimated time until the queue is empty; undefined while too little progress is known. */
  get timeLeftMs(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const queued = this.batch?.counts.queued ?? 0;
    if (!first || !last || last.at - first.at < MIN_SAMPLE_SPAN_MS || last.doneCount <= first.doneCount)
      return undefined;
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

  /** Shows the response to a retry or a cancellation, and rereads the rows. */
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
      if (this.#client.canStream) await this.#openStream();
      const batch = await this.#client.request(ROUTES.batchPath(this.#batchId), {}, parseBatch);
      if (generation !== this.#generation) return;
      this.batch = batch;
      this.problem = undefined;
      this.#addSample();
      if (batch.counts.queued && !this.#client.canStream) this.#scheduleSync(POLL_MS);
    } catch (cause) {
      if (generation !== this.#generation) return;
      this.problem = toProblem(cause);
      // An erasure has removed the last row, or the recruiter has lost access.
      if (this.problem.details.status === 404) this.batch = undefined;
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
        // `onEnd` follows, and its sync reads the whole batch.
        onMissed() {},
        onEnd: (retryAfterSeconds) =>
          this.#scheduleSync(computeBackoff(this.#failureCount++, this.#clock, retryAfterSeconds)),
      },
    );
    // No candidates, because the stream is for a batch. No cursor, because `#sync` reads the batch afterwards.
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
    // The last rows may arrive in several frames. Reading the batch returns all of them.
    if (!progress.counts.queued) this.retry();
    this.#onChange();
  }

  #addSample(): void {
    const { total = 0, counts } = this.batch ?? {};
    const at = this.#clock.now();
    this.#samples = this.#samples.filter((sample) => sample.at > at - SAMPLE_WINDOW_MS);
    this.#samples.push({ at, doneCount: total - (counts?.queued ?? 0) });
  }
}

/** Invalid rows never change. They may have the same email as a row that changes. */
function mergeRows(rows: readonly BatchRow[], changed: readonly BatchRow[]): BatchRow[] {
  const byEmail = new Map(changed.map((row) => [row.candidate_email, row]));
  return rows.map((row) => {
    const isInvalid = INVALID_ROW_REASONS.includes(row.reason ?? '');
    return (isInvalid ? undefined : byEmail.get(row.candidate_email)) ?? row;
  });
}
