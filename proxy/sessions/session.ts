/** Maps a stored session to the contract, and stores a changed session together with its event. */
import { type Recruiter, toRecruiterId } from '../auth/recruiter.ts';
import { hideOtherNames, toRecruiterReference } from '../auth/recruiter-names.ts';
import type { Scorecard } from '../contract/scorecard.ts';
import type { AtsWriteStatus, Handover, Session } from '../contract/session.ts';
import { STATUS_RANK } from '../contract/status.ts';
import type { NewEvent, NewHistoryEntry, SessionRow } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { timestamp } from '../util/clock.ts';
import { type ChangeOptions, enqueueAtsWrites, hasNews } from './enqueue-ats-writes.ts';
import { enqueueOutboundWebhook } from './enqueue-outbound-webhook.ts';
import { enqueuePartnerUpdates } from './enqueue-partner-updates.ts';

/** A session's newest handover, as the database stores it. */
export interface LastHandover {
  at: string;
  kind: Handover['kind'];
  channel: Handover['channel'];
  by: { iss: string; sub: string; name?: string };
}

/** Returns all fields, including the candidate's link. For a response to a recruiter, use `toSessionFor`. */
export function toSession(row: SessionRow): Session {
  const scorecard = row.scorecard === null ? undefined : (JSON.parse(row.scorecard) as Scorecard);
  const lastHandover = parseLastHandover(row);
  return {
    session_uuid: row.session_uuid,
    assessment_type: row.assessment_type,
    candidate_email: row.candidate_email,
    candidate_name: row.candidate_name,
    project_id: row.project_id,
    ...(row.candidate_url !== null && { candidate_url: row.candidate_url }),
    ...(row.link_problem !== null && { link_problem: row.link_problem }),
    status: row.status,
    ...(row.completion_claimed_at !== null && { confirming: true as const }),
    ...(row.completion_claimed_at === null &&
      row.result_overdue_since !== null && { result_unavailable: true as const }),
    invited_by: row.invited_by,
    ...(row.inviter_name !== null && { invited_by_name: row.inviter_name }),
    invited_at: row.invited_at,
    updated_at: row.updated_at,
    ...(row.completed_at !== null && { completed_at: row.completed_at }),
    ...(lastHandover && {
      handed_over: {
        at: lastHandover.at,
        by: toRecruiterReference(lastHandover.by.sub, lastHandover.by.name),
        kind: lastHandover.kind,
        channel: lastHandover.channel,
      },
    }),
    ...(scorecard && {
      score_summary: {
        overall: scorecard.overall,
        overall_max: scorecard.overall_max,
        sections: scorecard.sections.flatMap(({ name, score, max_score }) =>
          score === null ? [] : [{ name, score, ...(max_score !== null && { max_score }) }],
        ),
      },
    }),
    ...(row.ats_writes !== null && { ats_writes: JSON.parse(row.ats_writes) as AtsWriteStatus[] }),
    ...(row.last_event !== null && { last_event: row.last_event }),
  };
}

function parseLastHandover({ handed_over }: SessionRow): LastHandover | undefined {
  return handed_over === null ? undefined : (JSON.parse(handed_over) as LastHandover);
}

/**
 * Omits the fields that the recruiter's token does not cover: the link needs `invite`, scores need `read`, and names of
 * other recruiters need a token without a list of candidates.
 */
export function toSessionFor(recruiter: Recruiter, row: SessionRow): Session {
  const { scope } = recruiter;
  const lastHandover = parseLastHandover(row);
  const { candidate_url, score_summary, ...session } = hideOtherNames(recruiter, toSession(row), {
    inviterId: row.inviter_id,
    ...(lastHandover && { handedOverById: toRecruiterId(lastHandover.by) }),
  });
  return {
    ...session,
    ...(scope.has('invite') && candidate_url !== undefined && { candidate_url }),
    ...(scope.has('read') && score_summary && { score_summary }),
  };
}

/** Time from a session's last change to the first poll, which finds a completion whose webhook was lost. */
const FIRST_POLL_MS = 2 * 60_000;

/** Time from a result with missing parts to the first read for these parts. */
export const FIRST_PARTS_POLL_MS = 60_000;

/** Time from the first claim of a completion until its result is overdue. */
const OVERDUE_AFTER_MS = 24 * 60 * 60_000;

/** A change to a session. */
export interface SessionUpdate {
  before: SessionRow;
  after: SessionRow;
  /** When the webhook arrived that reported the change; null if there was none. */
  webhook_received_at: string | null;
}

/** Stores a change to a session with its event, and returns the new row. */
export async function updateSession(
  queries: Queries,
  options: ChangeOptions,
  before: SessionRow,
  change: Partial<SessionRow>,
): Promise<SessionRow> {
  const after = applyChange(queries, options, before, change);
  const [saved = after] = await saveUpdates(queries, options, [{ before, after, webhook_received_at: null }], [after]);
  return saved;
}

/** Returns the row after a change, with the time of the next poll and the result's deadline. */
export function applyChange(
  queries: Queries,
  { clock }: Pick<ChangeOptions, 'clock'>,
  row: SessionRow,
  change: Partial<SessionRow>,
): SessionRow {
  const next = { ...row, ...change, updated_at: timestamp(clock) };
  const isOpen = STATUS_RANK[next.status] < STATUS_RANK.expired;
  const isFirstResult = row.scorecard === null && next.scorecard !== null;
  return { ...next, ...buildOverdueFields(next, isOpen), ...buildPollFields(queries, next, isOpen, isFirstResult) };
}

/**
 * Stores changes with their events, in this order, and queues the updates for other systems in the outbox.
 * @param rows the changed sessions after all changes.
 * @returns the rows as they are stored.
 */
export async function saveUpdates(
  queries: Queries,
  options: ChangeOptions,
  updates: readonly SessionUpdate[],
  rows: readonly SessionRow[],
): Promise<SessionRow[]> {
  const { history, sessions, events } = queries;
  await history.append(
    ...updates.flatMap(({ before, after }) => (before.status === after.status ? [] : toHistoryEntry(after))),
  );
  const atsWrites = new Map<string, string | null>();
  /** Returns the row with the newest `ats_writes` of its session. */
  const applyAtsWrites = (row: SessionRow): SessionRow => {
    const { session_uuid, ats_writes } = row;
    return { ...row, ats_writes: atsWrites.get(session_uuid) ?? ats_writes };
  };
  const newEvents: NewEvent[] = [];
  for (const { before, after, webhook_received_at } of updates) {
    const changed = await enqueueChange(queries, options, before, applyAtsWrites(after));
    atsWrites.set(changed.session_uuid, changed.ats_writes);
    newEvents.push(toEvent(changed, webhook_received_at));
  }
  const saved = rows.map(applyAtsWrites);
  const [first, ...others] = saved;
  if (first) await sessions.upsert(first, ...others);
  await events.appendAll(newEvents);
  return saved;
}

/**
 * Queues the updates for other systems in the outbox, and returns the row with its new `ats_writes`.
 * @param before undefined for a new session.
 */
export async function enqueueChange(
  queries: Queries,
  options: ChangeOptions,
  before: SessionRow | undefined,
  after: SessionRow,
): Promise<SessionRow> {
  const changed = { ...after, ats_writes: await enqueueAtsWrites(queries, options, before, after) };
  if (hasNews(before, changed)) {
    await enqueuePartnerUpdates(queries, changed, await queries.partnerOrders.list(changed.session_uuid));
    await enqueueOutboundWebhook(queries, options, toSession(changed));
  }
  return changed;
}

function toHistoryEntry({ session_uuid, status, scorecard, updated_at }: SessionRow): NewHistoryEntry {
  const { overall = null, overall_max = null } = scorecard === null ? {} : (JSON.parse(scorecard) as Scorecard);
  return { session_uuid, type: status, at: updated_at, overall, overall_max };
}

/**
 * Schedules the next poll: of an open session, which may complete, or of a completed session with an incomplete result.
 */
function buildPollFields(
  { dueClock }: Queries,
  { completion_claimed_at, scorecard, poll_due_at, poll_count }: SessionRow,
  isOpen: boolean,
  isFirstResult: boolean,
): Pick<SessionRow, 'poll_due_at' | 'poll_count'> {
  if (isOpen && completion_claimed_at === null) return { poll_due_at: dueClock.dueAt(FIRST_POLL_MS), poll_count: 0 };
  if (isOpen || scorecard === null || !(JSON.parse(scorecard) as Scorecard).incomplete) {
    return { poll_due_at: null, poll_count: 0 };
  }
  return isFirstResult
    ? { poll_due_at: dueClock.dueAt(FIRST_PARTS_POLL_MS), poll_count: 0 }
    : { poll_due_at, poll_count };
}

/** Sets the result's deadline, counted from the first claim. An ended session has no deadline. */
function buildOverdueFields(
  { completion_claimed_at, result_due_at, result_overdue_since }: SessionRow,
  isOpen: boolean,
): Partial<SessionRow> {
  if (!isOpen) return { result_due_at: null, result_overdue_since: null };
  if (completion_claimed_at === null || result_due_at !== null || result_overdue_since !== null) return {};
  return { result_due_at: new Date(Date.parse(completion_claimed_at) + OVERDUE_AFTER_MS).toISOString() };
}

/** Stores a session as it is, together with its event, and returns it. */
export async function saveSession({ sessions, events }: Queries, row: SessionRow): Promise<SessionRow> {
  await sessions.upsert(row);
  await events.append(toEvent(row));
  return row;
}

function toEvent(row: SessionRow, webhook_received_at: string | null = null): NewEvent {
  return {
    type: 'session',
    topic: row.candidate_key,
    session_uuid: row.session_uuid,
    project_id: row.project_id,
    inviter_id: row.inviter_id,
    data: JSON.stringify(toSession(row)),
    webhook_received_at,
  };
}
