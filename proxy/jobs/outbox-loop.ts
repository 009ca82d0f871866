/**
 * Delivers the rows of one channel of the outbox: at least once, in order for each session and target, with bounded
 * retries.
 */
import type { OutboxChange } from '../store/outbox.ts';
import type { OutboxChannel, OutboxRow, SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { backoffDelayMs } from '../util/backoff.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Unavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { type JobLoop, startJobLoop } from './job-loop.ts';

/** The most rows that are claimed at the same time. */
const MAX_CLAIMED = 8;
const TIMEOUT_MS = 15_000;
/**
 * Longer than the timeouts of all claimed rows, which may wait for each other. So no two deliveries of a row overlap.
 */
const LEASE_MS = (MAX_CLAIMED + 1) * TIMEOUT_MS;
/** After about five hours of failures a row becomes a dead letter. */
const MAX_ATTEMPTS = 15;
const BACKOFF = { firstMs: 5_000, maxMs: 1_800_000, minFraction: 0.5 };

/** The recipient no longer needs the row. */
export interface Obsolete {
  outcome: 'obsolete';
}

export type DeliveryResult =
  /** `mayBeDuplicate`: after a lost response, the recipient may have got the row twice. */
  | { outcome: 'delivered'; mayBeDuplicate?: boolean }
  /** A retry will not help. */
  | { outcome: 'failed'; problem: string }
  | {
      outcome: 'retry';
      problem: string;
      retryAfterSeconds: number;
      /** False if the recipient certainly did not get the row. */
      mayBeDelivered?: boolean;
      /** False if the failure does not count as an attempt, such as a refusal by the recipient's rate limit. */
      isAttempt?: boolean;
    };

interface Options {
  store: Store;
  clock: Clock;
  log: Log;
  random: () => number;
  channel: OutboxChannel;
  /** Rows of the same queue are delivered one after another. Default: all at the same time. */
  getQueue?: (row: OutboxRow) => string;
  /** Delivers a row. A thrown error counts as a failed attempt. */
  deliver(row: OutboxRow, session: SessionRow, signal: AbortSignal): Promise<DeliveryResult | Obsolete>;
  /** Called before the result is stored. */
  onResult(row: OutboxRow, result: DeliveryResult, options: { isDeadLetter: boolean }): void;
  /** Runs in the transaction that stores the result. */
  afterChange?: (queries: Queries, row: OutboxRow) => Promise<void>;
}

export function startOutboxLoop(options: Options): JobLoop {
  const { store, clock, log, random, channel, getQueue = ({ id }) => String(id) } = options;
  const { deliver, onResult, afterChange = async () => {} } = options;
  const shutdown = new AbortController();
  /** The deliveries of the claimed rows. */
  const claimed = new Set<Promise<void>>();
  /** The delivery of each queue's last claimed row. A slow queue does not delay the others. */
  const queues = new Map<string, Promise<void>>();

  async function tick(wake: () => void): Promise<number | undefined> {
    const free = MAX_CLAIMED - claimed.size;
    if (free <= 0) return undefined;
    const rows = await store.write(({ outbox, dueClock }) => outbox.claimDue(channel, dueClock.dueAt(LEASE_MS), free));
    for (const row of rows) startAttempt(row, wake);
    if (rows.length) return undefined;
    const next = await store.read(({ outbox }) => outbox.getNextDueAt(channel));
    return next === undefined ? undefined : store.dueClock.msUntil(next);
  }

  /** The end of an attempt wakes the job, which then waits for the next due row. */
  function startAttempt(row: OutboxRow, wake: () => void): void {
    const queue = getQueue(row);
    const current = (queues.get(queue) ?? Promise.resolve())
      .then(() => attempt(row))
      .catch((error: unknown) => {
        // The row stays leased, and becomes due again.
        if (!(error instanceof Unavailable)) log.error({ err: error, channel }, 'failed to store a delivery');
      })
      .finally(() => {
        claimed.delete(current);
        if (queues.get(queue) === current) queues.delete(queue);
        wake();
      });
    claimed.add(current);
    queues.set(queue, current);
  }

  async function attempt(row: OutboxRow): Promise<void> {
    if (shutdown.signal.aborted) return save(row, release(row, row.may_be_written));
    const session = await store.read(({ sessions }) => sessions.get(row.session_uuid));
    // An erasure has deleted the session and this row.
    if (!session) return;
    const result = await deliverInTime(row, session);
    await save(row, toChange(row, result));
  }

  async function save(row: OutboxRow, change: OutboxChange | undefined): Promise<void> {
    await store.write(async (queries) => {
      if (change) await queries.outbox.update(row.id, change);
      else await queries.outbox.delete(row.id);
      await afterChange(queries, row);
    });
  }

  async function deliverInTime(row: OutboxRow, session: SessionRow): Promise<DeliveryResult | Obsolete> {
    const timeout = new AbortController();
    const signal = AbortSignal.any([timeout.signal, shutdown.signal]);
    const cancelTimeout = clock.runAfter(TIMEOUT_MS, () => timeout.abort(`no response within ${TIMEOUT_MS} ms`));
    try {
      return await deliver(row, session, signal);
    } catch (error) {
      log.error({ err: error, channel }, 'failed to deliver a row of the outbox; it will be tried again');
      return { outcome: 'retry', problem: 'unavailable', retryAfterSeconds: 0 };
    } finally {
      cancelTimeout();
    }
  }

  /**
   * Ends the lease of a row without an attempt, so that the next process need not wait for it. Subtracts 1, because
   * `claimDue` has counted an attempt.
   */
  function release({ attempts }: OutboxRow, may_be_written: number): OutboxChange {
    return { attempts: attempts - 1, may_be_written, due_at: store.dueClock.dueAt() };
  }

  /** Returns undefined if the row is no longer needed. */
  function toChange(row: OutboxRow, result: DeliveryResult | Obsolete): OutboxChange | undefined {
    const { attempts } = row;
    if (result.outcome === 'obsolete') return undefined;
    if (result.outcome === 'delivered') {
      onResult(row, result, { isDeadLetter: false });
      const may_be_duplicate = result.mayBeDuplicate ? 1 : 0;
      return { ...finish('delivered', null), may_be_written: 0, may_be_duplicate };
    }
    const mayBeDelivered = result.outcome === 'retry' && (result.mayBeDelivered ?? true);
    const may_be_written = row.may_be_written || mayBeDelivered ? 1 : 0;
    if (shutdown.signal.aborted) return release(row, may_be_written);
    const isAttempt = result.outcome === 'failed' || (result.isAttempt ?? true);
    const isDeadLetter = result.outcome === 'failed' || (isAttempt && attempts >= MAX_ATTEMPTS);
    onResult(row, result, { isDeadLetter });
    if (isDeadLetter) return { ...finish('failed', result.problem), may_be_written };
    const delayMs = result.retryAfterSeconds * 1_000 + backoffDelayMs(BACKOFF, attempts, random);
    return {
      problem: result.problem,
      may_be_written,
      due_at: store.dueClock.dueAt(delayMs),
      // `claimDue` has counted an attempt.
      ...(!isAttempt && { attempts: attempts - 1 }),
    };
  }

  function finish(state: 'delivered' | 'failed', problem: string | null): OutboxChange {
    return { state, problem, due_at: null, finished_at: timestamp(clock) };
  }

  const loop = startJobLoop({ store, clock, log, name: `outbox-${channel}`, tables: ['outbox'], tick });
  return {
    /** Does not wait for a recipient that does not respond. */
    async stop() {
      shutdown.abort('the proxy stops');
      await loop.stop();
      await Promise.all(claimed);
    },
  };
}
