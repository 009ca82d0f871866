/**
 * Delivers the rows of one channel of the outbox: at least once, in order for each session and target, with bounded
 * retries.
 */
import type { OutboxChange } from '../store/outbox.ts';
import type { OutboxChannel, OutboxRow, SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { backoffDelayMs } from '../util/backoff.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { type JobLoop, startJobLoop } from './job-loop.ts';

/** Rows that are delivered at the same time. */
const MAX_CONCURRENT = 8;
const TIMEOUT_MS = 15_000;
/** Longer than the timeout, so that no row is delivered twice at the same time. */
const LEASE_MS = 60_000;
/** After about five hours of failures a row becomes a dead letter. */
const MAX_ATTEMPTS = 15;
const BACKOFF = { firstMs: 5_000, maxMs: 1_800_000, minFraction: 0.5 };

export type DeliveryResult =
  | { outcome: 'delivered' }
  /** A retry will not help. */
  | { outcome: 'failed'; problem: string }
  | { outcome: 'retry'; problem: string; retryAfterSeconds: number };

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  random: () => number;
  channel: OutboxChannel;
  /** Delivers a row. A thrown error counts as a failed attempt. */
  deliver(row: OutboxRow, session: SessionRow, signal: AbortSignal): Promise<DeliveryResult>;
  /** Called before the result is stored. */
  onResult(row: OutboxRow, result: DeliveryResult, isDeadLetter: boolean): void;
}

export function startOutboxLoop({ store, clock, log, random, channel, deliver, onResult }: Options): JobLoop {
  const shutdown = new AbortController();
  /** The running attempts. A slow one does not delay the rows of other sessions. */
  const running = new Set<Promise<void>>();

  async function tick(wake: () => void): Promise<number | undefined> {
    const free = MAX_CONCURRENT - running.size;
    if (free <= 0) return undefined;
    const rows = await store.write(({ outbox, dueClock }) => outbox.claimDue(channel, dueClock.dueAt(LEASE_MS), free));
    for (const row of rows) start(row, wake);
    if (rows.length) return undefined;
    const next = await store.read(({ outbox }) => outbox.getNextDueAt(channel));
    return next === undefined ? undefined : store.dueClock.msUntil(next);
  }

  /** The end of an attempt wakes the job, which then waits for the next due row. */
  function start(row: OutboxRow, wake: () => void): void {
    const current = attempt(row)
      .catch((error: unknown) => {
        // The row stays leased, and becomes due again.
        if (!(error instanceof Unavailable)) log.error({ err: error, channel }, 'failed to store a delivery');
      })
      .finally(() => {
        running.delete(current);
        wake();
      });
    running.add(current);
  }

  async function attempt(row: OutboxRow): Promise<void> {
    const session = await store.read(({ sessions }) => sessions.get(row.session_uuid));
    // An erasure has deleted the row too.
    if (!session) return;
    const result = await deliverInTime(row, session);
    const change = shutdown.signal.aborted && result.outcome !== 'delivered' ? release(row) : toChange(row, result);
    await store.write(({ outbox }) => outbox.update(row.id, change));
  }

  async function deliverInTime(row: OutboxRow, session: SessionRow): Promise<DeliveryResult> {
    const timeout = new AbortController();
    const signal = AbortSignal.any([timeout.signal, shutdown.signal]);
    const cancelTimeout = clock.runAfter(TIMEOUT_MS, () => timeout.abort(`no response within ${TIMEOUT_MS} ms`));
    try {
      return await deliver(row, session, signal);
    } catch (error) {
      log.error({ err: error, channel }, 'failed to deliver a row of the outbox; it will be tried again');
      return { outcome: 'retry', problem: 'internal', retryAfterSeconds: 0 };
    } finally {
      cancelTimeout();
    }
  }

  /** Ends the lease of a row whose attempt the shutdown interrupted, so that the next process need not wait for it. */
  function release({ attempts }: OutboxRow): OutboxChange {
    return { attempts: attempts - 1, due_at: store.dueClock.dueAt() };
  }

  function toChange(row: OutboxRow, result: DeliveryResult): OutboxChange {
    const isDeadLetter = result.outcome === 'failed' || (result.outcome === 'retry' && row.attempts >= MAX_ATTEMPTS);
    onResult(row, result, isDeadLetter);
    if (result.outcome === 'delivered' || isDeadLetter) {
      const { state, problem } =
        result.outcome === 'delivered'
          ? { state: 'delivered' as const, problem: null }
          : { state: 'failed' as const, problem: result.problem };
      return { state, problem, may_be_written: 0, due_at: null, finished_at: timestamp(clock) };
    }
    const delayMs = result.retryAfterSeconds * 1_000 + backoffDelayMs(BACKOFF, row.attempts, random);
    return { problem: result.problem, due_at: store.dueClock.dueAt(delayMs) };
  }

  const loop = startJobLoop({ store, clock, log, name: `outbox-${channel}`, tables: ['outbox'], tick });
  return {
    /** Does not wait for a recipient that does not respond. */
    async stop() {
      shutdown.abort('the proxy stops');
      await loop.stop();
      await Promise.all(running);
    },
  };
}
