/** Leases a batch's rows for a call to Evalon, and stores each row's result together with its session. */
import type { RowReason } from '../contract/batch.ts';
import type { Invite } from '../contract/session.ts';
import { hasEndedWithoutResult } from '../contract/status.ts';
import { ApiKeyRejected, BatchEndpointMissing, errorFromStatus } from '../evalon/errors.ts';
import type { BatchResult, SessionResponse } from '../evalon/parse-session.ts';
import {
  hasDifferentType,
  type Inviter,
  isReusable,
  recordExistingSession,
  recordIntent,
  type StoreSessionOptions,
  storeSession,
  toInvitee,
} from '../invites/session-from-evalon.ts';
import type { BatchRowUpdate } from '../store/batches.ts';
import type { StoredBatch, StoredBatchRow } from '../store/schema.ts';
import type { ExistingSession } from '../store/sessions.ts';
import type { Queries } from '../store/store.ts';
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';
import { ProxyError, RateLimited, Unavailable, UpstreamRejected, UpstreamUnavailable } from '../util/errors.ts';

/** The maximum number of rows that Evalon accepts in one batch call (assumed). */
export const MAX_BATCH_ROWS = 100;
/** A row fails after this many failed calls. */
const MAX_ATTEMPTS = 10;
/** After this many failed calls, the worker sends a row alone. */
const MAX_BATCHED_ATTEMPTS = 3;
/** Longer than any call to Evalon, so that two calls never send the same row. */
const LEASE_MS = 60_000;
const RETRY_BACKOFF: Readonly<BackoffOptions> = { firstMs: 1_000, maxMs: 5 * 60_000, minFraction: 0.5 };

export interface RowResultOptions extends StoreSessionOptions {
  clock: Clock;
  /** Returns a number from 0 up to, but not including, 1. */
  random: () => number;
}

/** A row that the next call sends to Evalon. */
export interface LeasedRow {
  row: StoredBatchRow;
  invite: Invite;
  batch: StoredBatch;
  /** False if an earlier call, whose result the proxy did not store, may have invited the candidate. */
  isFirstIntent: boolean;
  /** Whether the candidate's previous session ended without a result. */
  isReinvite: boolean;
}

/**
 * The result of a call for one row. `unmatched`: the response has no result that certainly belongs to this row.
 * `retry`: the call failed for a reason that does not depend on the row.
 */
export type RowResult = SessionResponse | ProxyError | 'unmatched' | 'retry';

/**
 * Returns the new values of a row whose candidate has a session.
 * @param usableStatus the row's status if the candidate can use the session.
 */
export function toRowChange(
  session: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
  usableStatus: 'invited' | 'existing',
): Pick<StoredBatchRow, 'status' | 'session_uuid' | 'reason'> {
  const { session_uuid, status } = session;
  if (hasDifferentType(session, wanted)) return { status: 'failed', session_uuid, reason: 'type_conflict' };
  if (hasEndedWithoutResult(status)) return { status: 'failed', session_uuid, reason: 'upstream_rejected' };
  return { status: usableStatus, session_uuid, reason: null };
}

interface LeaseOptions {
  limit: number;
  /** Selects only rows with this value of the column `retry_individually`. Default: all rows. */
  retryIndividually?: 0 | 1;
}

/**
 * Leases up to `limit` due rows and stores an intent for each row. An intent records that a call may invite the
 * candidate. Stores the results of rows whose session already exists, and returns their number as `existingCount`.
 */
export async function leaseRows(
  queries: Queries,
  { clock }: RowResultOptions,
  batch: StoredBatch,
  { limit, retryIndividually }: LeaseOptions,
): Promise<{ leased: LeasedRow[]; existingCount: number }> {
  const actor = toInviter(batch);
  const { batch_id, project_id, assessment_type } = batch;
  const due = await queries.batches.listDueRows(batch_id, MAX_BATCH_ROWS, retryIndividually);
  const keys = due.map(({ candidate_key }) => candidate_key);
  const sessions = await queries.sessions.getNewestByCandidate(project_id, keys);
  const leased: LeasedRow[] = [];
  let existingCount = 0;
  for (const row of due) {
    const session = sessions.get(row.candidate_key);
    if (session && isReusable(session)) {
      await recordExistingSession(queries, actor, session, batch);
      await queries.batches.storeRowResult(row.id, toRowChange(session, batch, 'existing'));
      existingCount += 1;
    } else if (leased.length < limit) {
      const { candidate_email, candidate_name } = row;
      const invite = { candidate_email, candidate_name, project_id, assessment_type };
      const isReinvite = session !== undefined && hasEndedWithoutResult(session.status);
      const isFirstIntent = await recordIntent(queries, clock, actor, invite);
      leased.push({ row, invite, batch, isFirstIntent, isReinvite });
    }
  }
  const ids = leased.map(({ row }) => row.id);
  await queries.batches.leaseRows(ids, queries.dueClock.dueAt(LEASE_MS));
  return { leased, existingCount };
}

function toInviter({ issuer, sub, creator_name }: StoredBatch): Inviter {
  return { iss: issuer, sub, ...(creator_name !== null && { name: creator_name }) };
}

export function toRowResult(result: BatchResult | undefined, now: number): RowResult {
  if (result?.errorStatus !== undefined) return errorFromStatus('invite', result.errorStatus, null, now);
  return result?.session ?? 'unmatched';
}

/**
 * Returns the result for each row of a call that failed as a whole. A single row may be the cause of a rejected batch
 * call, so the worker then sends each row alone.
 */
export function errorToRowResult(error: ProxyError, isBatchCall: boolean): RowResult {
  if (error instanceof RateLimited || error instanceof BatchEndpointMissing) return 'retry';
  const isInvalidResponse = error instanceof UpstreamUnavailable && error.status === 502;
  return isBatchCall && (isRejection(error) || isInvalidResponse) ? 'unmatched' : error;
}

/** Whether Evalon rejected the invite, and not the API key. */
function isRejection(error: ProxyError): boolean {
  return error instanceof UpstreamRejected && !(error instanceof ApiKeyRejected);
}

export async function storeRowResult(
  queries: Queries,
  options: RowResultOptions,
  { row, invite, batch, isFirstIntent, isReinvite }: LeasedRow,
  result: RowResult,
): Promise<void> {
  const update = (change: BatchRowUpdate) => queries.batches.storeRowResult(row.id, change);
  const deleteIntent = () => (isFirstIntent ? queries.inviteIntents.delete(toInvitee(invite)) : undefined);
  if (result === 'retry') {
    await deleteIntent();
    // Only releases the lease.
    await update({});
  } else if (result === 'unmatched') {
    await update({ retry_individually: 1 });
  } else if (!(result instanceof ProxyError)) {
    try {
      const stored = await storeSession(queries, options, toInviter(batch), invite, result, isReinvite);
      await update(stored ? toRowChange(stored.row, invite, stored.isCreated ? 'invited' : 'existing') : ERASED);
    } catch (error) {
      if (!(error instanceof ProxyError) || error instanceof Unavailable) throw error;
      await update({ retry_individually: 1, ...scheduleRetry(queries, options, row, error) });
    }
  } else if (isRejection(result)) {
    await deleteIntent();
    await update({ status: 'failed', reason: 'upstream_rejected' });
  } else {
    await update(scheduleRetry(queries, options, row, result));
  }
}

/** The candidate was erased during the call. */
const ERASED: BatchRowUpdate = { status: 'failed', reason: 'erased' };

/** Backs off exponentially with jitter. Fails the row after MAX_ATTEMPTS. */
function scheduleRetry(
  { dueClock }: Queries,
  { random }: RowResultOptions,
  row: StoredBatchRow,
  error: ProxyError,
): BatchRowUpdate {
  const attempts = row.attempts + 1;
  if (attempts >= MAX_ATTEMPTS) return { status: 'failed', reason: toReason(error), attempts };
  return {
    attempts,
    due_at: dueClock.dueAt(backoffDelayMs(RETRY_BACKOFF, attempts, random)),
    ...(attempts >= MAX_BATCHED_ATTEMPTS && { retry_individually: 1 }),
  };
}

/** A rejected API key is not the row's fault, so it counts as `upstream_unavailable`. */
function toReason(error: ProxyError): RowReason {
  return isRejection(error) ? 'upstream_rejected' : 'upstream_unavailable';
}
