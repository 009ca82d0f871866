/**
 * Invites the rows of batches: up to 100 rows in one call of the batch endpoint. The worker makes a single call for a
 * row if Evalon has no batch endpoint, or if the endpoint returned no result for the row. A row stays queued until the
 * worker has stored its result. So after a crash the worker sends the row again, and Evalon returns the existing
 * session.
 */
import type { Invite } from '../contract/session.ts';
import type { EvalonClient } from '../evalon/client.ts';
import { ApiKeyRejected, BatchEndpointMissing } from '../evalon/errors.ts';
import type { BatchResult } from '../evalon/parse-session.ts';
import { type JobLoop, startJobLoop } from '../jobs/job-loop.ts';
import type { CallPermit, CallScheduler } from '../rate-limit/scheduler.ts';
import type { Queries, Store } from '../store/store.ts';
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';
import { ProxyError, RateLimited, Unavailable } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import { matchBatchResults } from './match-results.ts';
import {
  errorToRowResult,
  type LeasedRow,
  leaseRows,
  MAX_BATCH_ROWS,
  type RowResult,
  type RowResultOptions,
  storeRowResult,
  toRowResult,
} from './row-result.ts';

/** The maximum number of calls that are running or wait for a permit. */
const MAX_CALLS = 4;
/** The worker ignores a response with more results. */
const MAX_RESULTS = 10 * MAX_BATCH_ROWS;
/**
 * Time until the worker tries a missing or useless batch endpoint again. An endpoint is useless if its responses
 * identify no candidate.
 */
const ENDPOINT_PAUSE_MS = 60 * 60_000;
/** After this many consecutive responses that identify no candidate, the worker stops using the batch endpoint. */
const MAX_USELESS_RESPONSES = 2;
/** Results stored in one transaction. Small, because webhooks wait while the transaction runs. */
const STORE_CHUNK_SIZE = 25;
/** Pause after failed calls, in addition to `Retry-After`. */
const FAILURE_BACKOFF: Readonly<BackoffOptions> = { firstMs: 1_000, maxMs: 60_000, minFraction: 0.5 };
/** Pause after the worker failed to lease rows or to store results. */
const RETRY_MS = 1_000;

export interface BatchWorkerOptions extends RowResultOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'createSession' | 'createSessions'>;
  scheduler: Pick<CallScheduler, 'acquire'>;
  log: Log;
  /** The batch endpoint's current path; undefined if it is off. */
  batchPath: () => string | undefined;
}

export function startBatchWorker(options: BatchWorkerOptions): JobLoop {
  const { store, evalon, scheduler, clock, log, random } = options;
  const running = new Set<Promise<void>>();
  /** Running calls that have not leased their rows yet. */
  let callsWithoutRows = 0;
  let lastBatchId = '';
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let consecutiveFailures = 0;
  const pausedEndpoint = { path: '', until: 0 };
  let uselessResponses = 0;
  let hasReleasedLeases = false;

  function hasBatchEndpoint(): boolean {
    const path = options.batchPath();
    return path !== undefined && (path !== pausedEndpoint.path || clock.monotonic() >= pausedEndpoint.until);
  }

  function pause(ms: number): void {
    pausedUntil = Math.max(pausedUntil, clock.monotonic() + ms);
  }

  /** Invites the rows of one call. */
  async function inviteRows(): Promise<void> {
    const { permit, leased, isBatchCall } = await acquirePermitAndRows().finally(() => {
      callsWithoutRows -= 1;
    });
    const [first] = leased;
    if (!first) await permit.cancel();
    else if (isBatchCall) await inviteTogether(leased, permit);
    else await inviteIndividually(first, permit);
  }

  /** Leases the rows together with the permit, so that the recruiter can cancel rows that wait for a permit. */
  async function acquirePermitAndRows(): Promise<LeasedRows & { permit: CallPermit }> {
    let rows: LeasedRows = NO_ROWS;
    const permit = await scheduler.acquire('bulk', {
      async record(queries) {
        store.assertRunsJobs();
        rows = await leaseNextRows(queries);
      },
    });
    return { ...rows, permit };
  }

  /** Leases rows of the batches round robin, so that a short batch does not wait for a long one. */
  async function leaseNextRows(queries: Queries): Promise<LeasedRows> {
    if (clock.monotonic() < pausedUntil) return NO_ROWS;
    const batch = await queries.batches.getNextDueBatch(lastBatchId);
    if (!batch) return NO_ROWS;
    lastBatchId = batch.batch_id;
    if (!hasBatchEndpoint()) {
      return { leased: (await leaseRows(queries, options, batch, { limit: 1 })).leased, isBatchCall: false };
    }
    const batchCallRows = { limit: MAX_BATCH_ROWS, retryIndividually: 0 } as const;
    const { leased, existingCount } = await leaseRows(queries, options, batch, batchCallRows);
    if (leased.length || existingCount) return { leased, isBatchCall: true };
    const singleCallRow = { limit: 1, retryIndividually: 1 } as const;
    return { leased: (await leaseRows(queries, options, batch, singleCallRow)).leased, isBatchCall: false };
  }

  /** Stores the result in the transaction that releases the permit. */
  async function inviteIndividually(leased: LeasedRow, permit: CallPermit): Promise<void> {
    try {
      await evalon.createSession(toNormalizedInvite(leased), { priority: 'bulk', permit }, (queries, session) => {
        store.assertRunsJobs();
        return storeRowResult(queries, options, leased, session);
      });
      consecutiveFailures = 0;
    } catch (error) {
      // The call may have succeeded. The row stays leased, and the next call gets the same session.
      if (error instanceof Unavailable) throw error;
      await storeResults([leased], [handleFailedCall(error, { rowCount: 1, isBatchCall: false })]);
    }
  }

  async function inviteTogether(leased: readonly LeasedRow[], permit: CallPermit): Promise<void> {
    const results = await callBatchEndpoint(leased, permit);
    countUselessResponse(results);
    await storeResults(leased, results);
  }

  async function callBatchEndpoint(leased: readonly LeasedRow[], permit: CallPermit): Promise<RowResult[]> {
    if (options.batchPath() === undefined) {
      // IT has switched the endpoint off since the rows were leased.
      await permit.cancel();
      return leased.map(() => 'retry');
    }
    try {
      const results = await evalon.createSessions(leased.map(toNormalizedInvite), { priority: 'bulk', permit });
      const matched = await matchToRows(leased, results);
      consecutiveFailures = 0;
      return matched.map((result) => toRowResult(result, clock.now()));
    } catch (error) {
      const failed = handleFailedCall(error, { rowCount: leased.length, isBatchCall: true });
      return leased.map(() => failed);
    }
  }

  /** Returns the result for each row of a failed call, and pauses the following calls if they would fail too. */
  function handleFailedCall(
    error: unknown,
    { rowCount, isBatchCall }: { rowCount: number; isBatchCall: boolean },
  ): RowResult {
    if (!(error instanceof ProxyError)) throw error;
    log.info({ code: error.code, rows: rowCount }, 'a call for rows of a batch failed');
    pauseAfterFailure(error);
    return errorToRowResult(error, isBatchCall);
  }

  async function matchToRows(leased: readonly LeasedRow[], results: readonly BatchResult[]) {
    if (results.length > MAX_RESULTS) return leased.map(() => undefined);
    const ids = results.flatMap(({ session }) => session?.session_uuid ?? []);
    const stored = await store.read(({ sessions }) => sessions.getByIds(ids));
    return matchBatchResults(toRequestedCandidates(leased), results, stored);
  }

  /** Pauses the endpoint after too many useless responses. */
  function countUselessResponse(results: readonly RowResult[]): void {
    const isSession = (result: RowResult) => typeof result === 'object' && !(result instanceof ProxyError);
    if (results.some(isSession)) uselessResponses = 0;
    if (results.some((result) => result !== 'unmatched')) return;
    uselessResponses += 1;
    if (uselessResponses < MAX_USELESS_RESPONSES) return;
    uselessResponses = 0;
    pauseEndpoint();
    log.warn("the batch endpoint's responses identify no candidate: candidates are invited individually");
  }

  function pauseEndpoint(): void {
    pausedEndpoint.path = options.batchPath() ?? '';
    pausedEndpoint.until = clock.monotonic() + ENDPOINT_PAUSE_MS;
  }

  function pauseAfterFailure(error: ProxyError): void {
    if (error instanceof BatchEndpointMissing) {
      pauseEndpoint();
      log.warn('Evalon has no batch endpoint at EVALON_BATCH_PATH: candidates are invited individually');
    } else if (error instanceof RateLimited || error instanceof ApiKeyRejected || error.status === 503) {
      consecutiveFailures += 1;
      pause((error.retryAfterSeconds ?? 0) * 1_000 + backoffDelayMs(FAILURE_BACKOFF, consecutiveFailures, random));
    } else {
      consecutiveFailures = 0;
    }
  }

  async function storeResults(leased: readonly LeasedRow[], results: readonly RowResult[]): Promise<void> {
    // All rows of a call get the same jitter, so that they are due at the same time and the next call sends them
    // together.
    const jitter = random();
    const sameJitter = { ...options, random: () => jitter };
    for (let start = 0; start < leased.length; start += STORE_CHUNK_SIZE) {
      await store.write(async (queries) => {
        for (const [index, row] of leased.slice(start, start + STORE_CHUNK_SIZE).entries()) {
          await storeRowResult(queries, sameJitter, row, results[start + index] ?? 'unmatched');
        }
      });
    }
  }

  function startCall(wake: () => void): void {
    callsWithoutRows += 1;
    const call = inviteRows()
      .catch((error: unknown) => {
        log[error instanceof ProxyError ? 'info' : 'error'](
          { err: error },
          'a call for a batch failed and will be retried',
        );
        pause(RETRY_MS);
      })
      .finally(() => {
        running.delete(call);
        wake();
      });
    running.add(call);
  }

  async function tick(wake: () => void): Promise<number | undefined> {
    // A process that crashed may have left leases.
    if (!hasReleasedLeases) await store.write(({ batches }) => batches.releaseLeases());
    hasReleasedLeases = true;
    const pauseMs = pausedUntil - clock.monotonic();
    if (pauseMs > 0) return pauseMs;
    // The end of a call wakes the worker.
    if (running.size === MAX_CALLS) return undefined;
    const due = await store.read(({ batches }) => batches.countDue(MAX_CALLS * MAX_BATCH_ROWS));
    const batchCalls = hasBatchEndpoint() ? Math.ceil(due.batchCallRows / MAX_BATCH_ROWS) : due.batchCallRows;
    const newCalls = Math.min(due.singleCallRows + batchCalls - callsWithoutRows, MAX_CALLS - running.size);
    for (let n = 0; n < newCalls; n++) startCall(wake);
    if (running.size) return undefined;
    const nextDueAt = await store.read(({ batches }) => batches.getNextDueAt());
    return nextDueAt === undefined ? undefined : Math.max(store.dueClock.msUntil(nextDueAt), RETRY_MS);
  }

  const loop = startJobLoop({ store, clock, log, name: 'batches', tables: ['batches', 'batch_rows'], tick });
  return {
    async stop() {
      await loop.stop();
      await Promise.all(running);
    },
  };
}

/** The rows of one call. */
interface LeasedRows {
  leased: readonly LeasedRow[];
  isBatchCall: boolean;
}

const NO_ROWS: LeasedRows = { leased: [], isBatchCall: false };

/** Evalon identifies candidates by their email, so the call sends the normalized email (`candidate_key`). */
function toNormalizedInvite({ row, invite }: LeasedRow): Invite {
  return { ...invite, candidate_email: row.candidate_key };
}

function toRequestedCandidates(leased: readonly LeasedRow[]) {
  return leased.map(({ invite, row: { candidate_key } }) => ({ candidate_key, project_id: invite.project_id }));
}
