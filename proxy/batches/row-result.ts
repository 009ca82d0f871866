/**
 * What becomes of a batch's row: known here already, to be asked for, invited, refused, or to be asked for again. A row
 * gets its outcome in the transaction that stores its session.
 */

import type { Invite } from '../contract/session.ts';
import { hasEndedWithoutResult } from '../contract/status.ts';
import { ApiKeyRejected, BatchEndpointMissing, errorFromStatus } from '../evalon/errors.ts';
import type { BatchResult, SessionResponse } from '../evalon/schemas.ts';
import {
  auditInvite,
  formatTypeConflict,
  hasDifferentType,
  isReusable,
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
import { type Clock, timestamp } from '../util/clock.ts';
import { ProxyError, RateLimited, Unavailable, UpstreamRejected, UpstreamUnavailable } from '../util/errors.ts';

/** Rows that one batch call carries, at the most (assumed). */
export const MAX_BATCH_ROWS = 100;
/** Calls for a row that come to nothing, until it is failed; from the second number on it is asked for by itself. */
const MAX_ATTEMPTS = 10;
const MAX_BATCHED_ATTEMPTS = 3;
/** Milliseconds after which a call is over for certain. */
const LEASE_MS = 60_000;
/** Until a row is asked for again. */
const RETRY_BACKOFF: Readonly<BackoffOptions> = { firstMs: 1_000, maxMs: 5 * 60_000, minFraction: 0.5 };

export interface RowResultOptions extends StoreSessionOptions {
  clock: Clock;
  /** 0 up to 1, spreads the retries. */
  random: () => number;
}

/** A row that a call carries. */
export interface LeasedRow {
  row: StoredBatchRow;
  invite: Invite;
  batch: StoredBatch;
  /** Whether nobody's earlier attempt may have reached Evalon. */
  isFirstIntent: boolean;
}

/**
 * What a call brought for a row: Evalon's answer, an error, nothing that is certainly this row's, or a reason to ask
 * again that has nothing to do with it.
 */
export type RowResult = SessionResponse | ProxyError | 'unclear' | 'again';

/** The outcome of a row whose session is this one. */
export function toRowChange(
  session: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
  created: boolean,
): Pick<StoredBatchRow, 'status' | 'session_uuid' | 'reason'> {
  const { session_uuid, status } = session;
  if (hasDifferentType(session, wanted)) return { status: 'failed', session_uuid, reason: formatTypeConflict(session) };
  if (hasEndedWithoutResult(status)) {
    const reason = `Evalon holds an assessment of this person that has ended without a result (${status}).`;
    return { status: 'failed', session_uuid, reason };
  }
  return { status: created ? 'invited' : 'existing', session_uuid, reason: null };
}

/**
 * Looks at rows that are due: those whose session is known get their outcome at once, up to `most` others are marked as
 * carried by a call and answered, their intents stored.
 */
export async function leaseRows(
  queries: Queries,
  { clock }: RowResultOptions,
  batch: StoredBatch,
  most: number,
  singly?: 0 | 1,
): Promise<{ asked: LeasedRow[]; known: number }> {
  const actor = toActor(batch);
  const due = await queries.batches.listDueRows(batch.batch_id, MAX_BATCH_ROWS, singly);
  const sessions = await queries.sessions.getNewestByCandidate(
    batch.project_id,
    due.map(({ candidate_key }) => candidate_key),
  );
  const asked: LeasedRow[] = [];
  let known = 0;
  for (const row of due) {
    const session = sessions.get(row.candidate_key);
    if (session && isReusable(session)) {
      await auditInvite(queries, actor, session, batch, false);
      await queries.batches.completeRow(row.id, toRowChange(session, batch, false));
      known += 1;
    } else if (asked.length < most) {
      const { candidate_email, candidate_name } = row;
      const { project_id, assessment_type } = batch;
      const wanted = { candidate_email, candidate_name, project_id, assessment_type };
      asked.push({ row, invite: wanted, batch, isFirstIntent: await recordIntent(queries, clock, actor, wanted) });
    }
  }
  await queries.batches.leaseRows(
    asked.map(({ row }) => row.id),
    timestamp(clock, LEASE_MS),
  );
  return { asked, known };
}

function toActor({ issuer, sub }: StoredBatch) {
  return { iss: issuer, sub };
}

/** What an entry of a batch answer means for its row. */
export function toRowResult(item: BatchResult | undefined, now: number): RowResult {
  if (item?.errorStatus !== undefined) return errorFromStatus('invite', item.errorStatus, null, now);
  return item?.session ?? 'unclear';
}

/** What it means for each of the rows that a call as a whole failed. */
export function errorToRowResult(error: ProxyError, together: boolean): RowResult {
  if (error instanceof RateLimited || error instanceof BatchEndpointMissing) return 'again';
  const isNonsense = error instanceof UpstreamUnavailable && error.status === 502;
  const isOfNoUse = isRejection(error) || isNonsense;
  return together && isOfNoUse ? 'unclear' : error;
}

/** Whether Evalon said no to what was asked, and not to who asks. */
function isRejection(error: ProxyError): boolean {
  return error instanceof UpstreamRejected && !(error instanceof ApiKeyRejected);
}

/** Stores what a call brought for a row. */
export async function completeRow(
  queries: Queries,
  options: RowResultOptions,
  asked: LeasedRow,
  reply: RowResult,
): Promise<void> {
  const { row, invite: wanted, batch, isFirstIntent: isFirst } = asked;
  const settle = (change: BatchRowUpdate) => queries.batches.completeRow(row.id, change);
  if (reply === 'again') {
    if (isFirst) await queries.sessions.deleteIntent(toInvitee(wanted));
    await settle({});
  } else if (reply === 'unclear') {
    await settle({ retry_individually: 1 });
  } else if (!(reply instanceof ProxyError)) {
    try {
      const mapped = await storeSession(queries, options, toActor(batch), wanted, reply);
      await settle(mapped ? toRowChange(mapped.row, wanted, mapped.created) : ERASED_MEANWHILE);
    } catch (error) {
      if (!(error instanceof ProxyError) || error instanceof Unavailable) throw error;
      await settle({ retry_individually: 1, ...scheduleRetry(options, row, error) });
    }
  } else if (isRejection(reply)) {
    if (isFirst) await queries.sessions.deleteIntent(toInvitee(wanted));
    await settle({ status: 'failed', reason: reply.message });
  } else {
    await settle(scheduleRetry(options, row, reply));
  }
}

const ERASED_MEANWHILE: BatchRowUpdate = { status: 'failed', reason: 'This candidate was erased meanwhile.' };

/** Asks again later, exponentially and with equal jitter, or ends as failed where that has gone on for too long. */
function scheduleRetry({ clock, random }: RowResultOptions, row: StoredBatchRow, error: ProxyError): BatchRowUpdate {
  const attempts = row.attempts + 1;
  if (attempts >= MAX_ATTEMPTS) return { status: 'failed', reason: error.message, attempts };
  return {
    attempts,
    due_at: timestamp(clock, backoffDelayMs(RETRY_BACKOFF, attempts, random)),
    ...(attempts >= MAX_BATCHED_ATTEMPTS && { retry_individually: 1 }),
  };
}
