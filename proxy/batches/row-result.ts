/**
 * What becomes of a batch's row: known here already, to be asked for, invited, refused, or to be asked for again. A row
 * gets its outcome in the transaction that stores its session.
 */

import type { Invite } from '../contract/session.ts';
import { isDead } from '../contract/status.ts';
import { EndpointMissing, KeyRefused, refusal } from '../evalon/errors.ts';
import type { BatchItem, SessionAnswer } from '../evalon/schemas.ts';
import {
  acceptAnswer,
  intend,
  isOtherType,
  isUseful,
  type MappingOptions,
  noteInvite,
  otherTypeSentence,
  personOf,
} from '../invites/session-from-evalon.ts';
import type { RowChange } from '../store/batches.ts';
import type { StoredBatch, StoredRow } from '../store/schema.ts';
import type { HeldSession } from '../store/sessions.ts';
import type { Queries } from '../store/store.ts';
import { type Backoff, backoff } from '../util/backoff.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { ProxyError, RateLimited, Unavailable, UpstreamRejected, UpstreamUnavailable } from '../util/errors.ts';

/** Rows that one batch call carries, at the most (assumed). */
export const MOST_AT_ONCE = 100;
/** Calls for a row that come to nothing, until it is failed; from the second number on it is asked for by itself. */
const ATTEMPTS = 10;
const ATTEMPTS_TOGETHER = 3;
/** Milliseconds after which a call is over for certain. */
const CALL_LIMIT = 60_000;
/** Until a row is asked for again. */
const PAUSE: Readonly<Backoff> = { first: 1_000, longest: 5 * 60_000, least: 0.5 };

export interface OutcomeOptions extends MappingOptions {
  clock: Clock;
  /** 0 up to 1, spreads the retries. */
  random: () => number;
}

/** A row that a call carries. */
export interface AskedRow {
  row: StoredRow;
  wanted: Invite;
  batch: StoredBatch;
  /** Whether nobody's earlier attempt may have reached Evalon. */
  isFirst: boolean;
}

/**
 * What a call brought for a row: Evalon's answer, an error, nothing that is certainly this row's, or a reason to ask
 * again that has nothing to do with it.
 */
export type Reply = SessionAnswer | ProxyError | 'unclear' | 'again';

/** The outcome of a row whose session is this one. */
export function outcomeOf(
  session: HeldSession,
  wanted: Pick<Invite, 'assessment_type'>,
  created: boolean,
): Pick<StoredRow, 'status' | 'session_uuid' | 'reason'> {
  const { session_uuid, status } = session;
  if (isOtherType(session, wanted)) return { status: 'failed', session_uuid, reason: otherTypeSentence(session) };
  if (isDead(status)) {
    const reason = `Evalon holds an assessment of this person that has ended without a result (${status}).`;
    return { status: 'failed', session_uuid, reason };
  }
  return { status: created ? 'invited' : 'existing', session_uuid, reason: null };
}

/**
 * Looks at rows that are due: those whose session is known get their outcome at once, up to `most` others are marked as
 * carried by a call and answered, their intents stored.
 */
export async function claimRows(
  queries: Queries,
  { clock }: OutcomeOptions,
  batch: StoredBatch,
  most: number,
  singly?: 0 | 1,
): Promise<{ asked: AskedRow[]; known: number }> {
  const actor = ownerOf(batch);
  const due = await queries.batches.due(batch.batch_id, MOST_AT_ONCE, singly);
  const sessions = await queries.sessions.currentOf(
    batch.project_id,
    due.map(({ candidate_key }) => candidate_key),
  );
  const asked: AskedRow[] = [];
  let known = 0;
  for (const row of due) {
    const session = sessions.get(row.candidate_key);
    if (session && isUseful(session)) {
      await noteInvite(queries, actor, session, batch, false);
      await queries.batches.settle(row.id, outcomeOf(session, batch, false));
      known += 1;
    } else if (asked.length < most) {
      const { candidate_email, candidate_name } = row;
      const { project_id, assessment_type } = batch;
      const wanted = { candidate_email, candidate_name, project_id, assessment_type };
      asked.push({ row, wanted, batch, isFirst: await intend(queries, clock, actor, wanted) });
    }
  }
  await queries.batches.ask(
    asked.map(({ row }) => row.id),
    timestamp(clock, CALL_LIMIT),
  );
  return { asked, known };
}

function ownerOf({ issuer, owner }: StoredBatch) {
  return { iss: issuer, sub: owner };
}

/** What an entry of a batch answer means for its row. */
export function replyOf(item: BatchItem | undefined, now: number): Reply {
  if (item?.refused !== undefined) return refusal('invite', item.refused, null, now);
  return item?.session ?? 'unclear';
}

/** What it means for each of the rows that a call as a whole failed. */
export function replyOfFailure(error: ProxyError, together: boolean): Reply {
  if (error instanceof RateLimited || error instanceof EndpointMissing) return 'again';
  const isNonsense = error instanceof UpstreamUnavailable && error.status === 502;
  const isOfNoUse = isRejection(error) || isNonsense;
  return together && isOfNoUse ? 'unclear' : error;
}

/** Whether Evalon said no to what was asked, and not to who asks. */
function isRejection(error: ProxyError): boolean {
  return error instanceof UpstreamRejected && !(error instanceof KeyRefused);
}

/** Stores what a call brought for a row. */
export async function settleRow(
  queries: Queries,
  options: OutcomeOptions,
  asked: AskedRow,
  reply: Reply,
): Promise<void> {
  const { row, wanted, batch, isFirst } = asked;
  const settle = (change: RowChange) => queries.batches.settle(row.id, change);
  if (reply === 'again') {
    if (isFirst) await queries.sessions.settle(personOf(wanted));
    await settle({});
  } else if (reply === 'unclear') {
    await settle({ singly: 1 });
  } else if (!(reply instanceof ProxyError)) {
    try {
      const mapped = await acceptAnswer(queries, options, ownerOf(batch), wanted, reply);
      await settle(mapped ? outcomeOf(mapped.row, wanted, mapped.created) : ERASED_MEANWHILE);
    } catch (error) {
      if (!(error instanceof ProxyError) || error instanceof Unavailable) throw error;
      await settle({ singly: 1, ...later(options, row, error) });
    }
  } else if (isRejection(reply)) {
    if (isFirst) await queries.sessions.settle(personOf(wanted));
    await settle({ status: 'failed', reason: reply.message });
  } else {
    await settle(later(options, row, reply));
  }
}

const ERASED_MEANWHILE: RowChange = { status: 'failed', reason: 'This candidate was erased meanwhile.' };

/** Asks again later, exponentially and with equal jitter, or ends as failed where that has gone on for too long. */
function later({ clock, random }: OutcomeOptions, row: StoredRow, error: ProxyError): RowChange {
  const attempts = row.attempts + 1;
  if (attempts >= ATTEMPTS) return { status: 'failed', reason: error.message, attempts };
  return {
    attempts,
    due_at: timestamp(clock, backoff(PAUSE, attempts, random)),
    ...(attempts >= ATTEMPTS_TOGETHER && { singly: 1 }),
  };
}
