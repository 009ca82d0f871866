/**
 * Works batches off: each in its turn, up to 100 rows a call by the batch endpoint, or one by one where there is none or
 * it was of no use. A row is queued until its one outcome is stored, so that after a crash it is simply asked for again:
 * Evalon is idempotent, and our own store tells new from existing.
 */

import type { EvalonClient } from '../evalon/client.ts';
import { ApiKeyRejected, BatchEndpointMissing } from '../evalon/errors.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import type { Store } from '../store/store.ts';
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';
import { ProxyError, RateLimited } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { matchBatchResults } from './match-results.ts';
import {
  completeRow,
  errorToRowResult,
  type LeasedRow,
  leaseRows,
  MAX_BATCH_ROWS,
  type RowResult,
  type RowResultOptions,
  toRowResult,
} from './row-result.ts';

/** Calls that are handed in or under way at the same time. */
const MAX_CALLS = 4;
/** Milliseconds that it is remembered that Evalon has no batch endpoint. */
const ENDPOINT_MISSING_MS = 60 * 60_000;
/** Outcomes stored in one transaction, so that webhooks need not wait for long. */
const STORE_CHUNK_SIZE = 25;
/** Without a call, beyond what Evalon asks for. */
const FAILURE_BACKOFF: Readonly<BackoffOptions> = { firstMs: 1_000, maxMs: 60_000, minFraction: 0.5 };
/** Milliseconds until the rows of a call whose outcome could not be stored are looked for again. */
const RETRY_MS = 1_000;

/** How many rows a call carries, and of which kind: those that a batch call was of no use for go by themselves. */
const BATCHED_FIRST: readonly RowSelection[] = [
  { maxRows: MAX_BATCH_ROWS, retryIndividually: 0 },
  { maxRows: 1, retryIndividually: 1 },
];
const INDIVIDUALLY: readonly RowSelection[] = [{ maxRows: 1 }];

interface RowSelection {
  maxRows: number;
  retryIndividually?: 0 | 1;
}

/** Calls `call`, which makes one request of Evalon at the most, when it is its turn; `signal` ends the wait for that. */
export type ScheduleCall = <T>(call: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export interface BatchWorkerOptions extends RowResultOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'createSession' | 'createSessions'>;
  log: Log;
  /** Where the batch endpoint is, now; undefined while it is off. */
  batchPath: () => string | undefined;
  schedule: ScheduleCall;
}

export function startBatchWorker(options: BatchWorkerOptions): JobLoop {
  const { store, evalon, clock, log, random, schedule: inTurn } = options;
  const ending = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** Calls that are handed in and have not begun. */
  let waiting = 0;
  let lastBatch = 0;
  let notBefore = 0;
  let failures = 0;
  const missing = { path: '', until: 0 };
  let isReleased = false;

  const isOn = () => {
    const path = options.batchPath();
    return path !== undefined && (path !== missing.path || clock.now() >= missing.until);
  };

  /** Rows of the next batch that cannot be settled without a call; none where there is nothing to do. */
  async function claim(together: boolean): Promise<LeasedRow[]> {
    if (clock.now() < notBefore) return [];
    const batch = await store.read(({ batches }) => batches.getNextDueBatch(lastBatch));
    if (!batch) return [];
    lastBatch = batch.id;
    const kinds = together ? BATCHED_FIRST : INDIVIDUALLY;
    for (const { maxRows: most, retryIndividually: singly } of kinds) {
      const asked: LeasedRow[] = [];
      while (asked.length < most && !ending.signal.aborted) {
        const left = most - asked.length;
        const claimed = await store.write((queries) => leaseRows(queries, options, batch, left, singly));
        asked.push(...claimed.asked);
        if (!claimed.known) break;
      }
      if (asked.length) return asked;
    }
    return [];
  }

  async function ask(asked: readonly LeasedRow[], together: boolean): Promise<RowResult[]> {
    const invites = asked.map(({ row, invite: wanted }) => ({ ...wanted, candidate_email: row.candidate_key }));
    const [only] = invites;
    if (!together) return only ? [await evalon.createSession(only)] : [];
    const items = await evalon.createSessions(invites);
    const people = asked.map(({ row, batch }) => ({ ...row, project_id: batch.project_id }));
    return matchBatchResults(people, items).map((item) => toRowResult(item, clock.now()));
  }

  /** What Evalon's answer, or its silence, means for the calls that follow. */
  function heed(error?: ProxyError): void {
    if (error instanceof BatchEndpointMissing) {
      missing.path = options.batchPath() ?? '';
      missing.until = clock.now() + ENDPOINT_MISSING_MS;
      log.warn('Evalon has no batch endpoint at EVALON_BATCH_PATH: candidates are invited one by one');
    } else if (error instanceof RateLimited || error instanceof ApiKeyRejected || error?.status === 503) {
      failures += 1;
      hold((error.retryAfter ?? 0) * 1_000 + backoffDelayMs(FAILURE_BACKOFF, failures, random));
    } else {
      failures = 0;
    }
  }

  function hold(ms: number): void {
    notBefore = Math.max(notBefore, clock.now() + ms);
  }

  async function call(begin: () => void): Promise<void> {
    const carried: { asked?: LeasedRow[]; together: boolean } = { together: false };
    let replies: RowResult[];
    try {
      replies = await inTurn(async () => {
        begin();
        const hasEndpoint = isOn();
        carried.asked ??= await claim(hasEndpoint);
        carried.together = hasEndpoint && carried.asked[0]?.row.retry_individually === 0;
        return ask(carried.asked, carried.together);
      }, ending.signal);
      if (replies.length) heed();
    } catch (error) {
      if (!(error instanceof ProxyError) || !carried.asked?.length) throw error;
      log.info({ code: error.code, rows: carried.asked.length }, 'Evalon could not be asked for candidates of a batch');
      heed(error);
      replies = carried.asked.map(() => errorToRowResult(error, carried.together));
    }
    await settle(carried.asked ?? [], replies);
  }

  async function settle(asked: readonly LeasedRow[], replies: readonly RowResult[]): Promise<void> {
    // Rows of one call fall due together, so that the next call carries them together.
    const roll = random();
    const together = { ...options, random: () => roll };
    for (let at = 0; at < asked.length; at += STORE_CHUNK_SIZE) {
      await store.write(async (queries) => {
        for (const [index, row] of asked.slice(at, at + STORE_CHUNK_SIZE).entries()) {
          await completeRow(queries, together, row, replies[at + index] ?? 'unclear');
        }
      });
    }
  }

  function start(wake: () => void): void {
    let hasBegun = false;
    waiting += 1;
    const begin = () => {
      if (!hasBegun) waiting -= 1;
      hasBegun = true;
    };
    const calling = call(begin)
      .catch((error: unknown) => {
        const isFault = !(error instanceof ProxyError) && !ending.signal.aborted;
        if (isFault) log.error({ err: error }, 'a batch could not be worked off and will be tried again');
        else log.info({ err: error }, 'a batch has to wait');
        hold(RETRY_MS);
      })
      .finally(() => {
        begin();
        underWay.delete(calling);
        wake();
      });
    underWay.add(calling);
  }

  async function round(wake: () => void): Promise<number | undefined> {
    if (!isReleased) await store.write(({ batches }) => batches.releaseLeases());
    isReleased = true;
    const wait = notBefore - clock.now();
    if (wait > 0) return wait;
    if (underWay.size >= MAX_CALLS) return undefined;
    const { individually, together } = await store.read(({ batches }) => batches.countDue(MAX_CALLS * MAX_BATCH_ROWS));
    const calls = individually + (isOn() ? Math.ceil(together / MAX_BATCH_ROWS) : together);
    for (let free = Math.min(MAX_CALLS - underWay.size, calls - waiting); free > 0; free--) start(wake);
    if (underWay.size) return undefined;
    const next = await store.read(({ batches }) => batches.getNextDueAt());
    return next === undefined ? undefined : Math.max(Date.parse(next) - clock.now(), RETRY_MS);
  }

  const worker = startJobLoop({ store, clock, log, name: 'bulk', tables: ['batches', 'batch_rows'], tick: round });
  return {
    async stop() {
      ending.abort();
      await worker.stop();
      await Promise.all(underWay);
    },
  };
}
