/** Stores the session that Evalon returned for an invite (single or in a batch), with its event and audit entry. */
import { type Actor, recordAudit } from '../audit/audit-log.ts';
import { type Recruiter, toRecruiterId } from '../auth/recruiter.ts';
import { getOnlyAts } from '../config/write-back.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Invite } from '../contract/session.ts';
import { hasEndedWithoutResult } from '../contract/status.ts';
import { invalidResponse } from '../evalon/errors.ts';
import { foldKey } from '../evalon/folded-keys.ts';
import type { SessionResponse } from '../evalon/parse-session.ts';
import { changeFromStatus } from '../sessions/change-status.ts';
import type { ChangeOptions } from '../sessions/enqueue-ats-writes.ts';
import { enqueueChange, saveSession, updateSession } from '../sessions/session.ts';
import type { InviteIntent, SessionRow } from '../store/schema.ts';
import type { ExistingSession } from '../store/sessions.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { checkEcho, findNamedType, type OfferedAssessment } from './echo.ts';
import type { EchoedField, InviteMonitor } from './monitor.ts';

export interface Invitee {
  candidate_key: string;
  project_id: string;
}

/** The recruiter who invites. */
export type Inviter = Actor & Pick<Recruiter, 'name'>;

export interface StoreSessionOptions extends ChangeOptions {
  monitor: InviteMonitor;
  /** The entries of the setting `ASSESSMENTS`. */
  offeredAssessments: () => readonly OfferedAssessment[];
}

export function toInvitee({ candidate_email, project_id }: Invite): Invitee {
  return { candidate_key: toCandidateKey(candidate_email), project_id };
}

/** Whether the invite can use the existing session, so that no call to Evalon is necessary. */
export function isReusable({ candidate_url, status }: ExistingSession): boolean {
  return (candidate_url !== null || status === 'completed') && !hasEndedWithoutResult(status);
}

/** Evalon identifies a session by email and project, so it may return another assessment type than requested. */
export function hasDifferentType(
  { assessment_type }: Pick<ExistingSession, 'assessment_type'>,
  wanted: Pick<Invite, 'assessment_type'>,
): boolean {
  return assessment_type !== null && foldKey(assessment_type) !== foldKey(wanted.assessment_type);
}

export function formatTypeConflict({ assessment_type }: ExistingSession): string {
  return `Evalon allows one assessment per candidate and project. This candidate already has “${assessment_type}”. Use another project for a second one.`;
}

async function auditInvite(
  queries: Queries,
  actor: Actor,
  row: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
  outcome: 'created' | 'existing',
): Promise<void> {
  const isConflict = hasDifferentType(row, wanted);
  await recordAudit(queries, {
    actor: { iss: actor.iss, sub: actor.sub },
    action: isConflict ? 'refused' : 'invited',
    detail: isConflict ? 'type_conflict' : outcome,
    subject: row,
  });
}

/**
 * Records an invite of a candidate whose session is already stored. Also deletes an intent that remained because the
 * node of an earlier call was killed.
 */
export async function recordExistingSession(
  queries: Queries,
  actor: Actor,
  row: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
): Promise<void> {
  await queries.inviteIntents.delete(row);
  await auditInvite(queries, actor, row, wanted, 'existing');
}

/** Stores the intent to invite a candidate. Returns false if an earlier invite's intent is stored. */
export function recordIntent({ inviteIntents }: Queries, clock: Clock, actor: Actor, wanted: Invite): Promise<boolean> {
  return inviteIntents.insert({
    ...toInvitee(wanted),
    assessment_type: wanted.assessment_type,
    invited_by: actor.sub,
    invited_at: timestamp(clock),
  });
}

export interface StoredSession {
  row: SessionRow;
  /** False if the session was already stored. */
  isCreated: boolean;
}

/**
 * Stores the session of Evalon's response with its event and audit entry. Returns undefined and keeps no data if the
 * candidate was erased during the call.
 * @param isReinvite whether the candidate's previous session had ended without a result before the call.
 * @throws UpstreamUnavailable if the session belongs to another candidate or project.
 */
export async function storeSession(
  queries: Queries,
  options: StoreSessionOptions,
  actor: Inviter,
  wanted: Invite,
  response: SessionResponse,
  isReinvite: boolean,
): Promise<StoredSession | undefined> {
  const { clock, monitor } = options;
  const invitee = toInvitee(wanted);
  const { session_uuid } = response;
  const existing = await queries.sessions.get(session_uuid);
  const offered = options.offeredAssessments();
  const otherForms: EchoedField[] = await checkEcho(queries, invitee, response, offered);
  if (existing && (existing.candidate_key !== invitee.candidate_key || existing.project_id !== invitee.project_id)) {
    throw invalidResponse("Evalon responded with another candidate's or project's session");
  }
  const intent = await queries.inviteIntents.delete(invitee);
  // No intent and no session: the candidate was erased during the call. (A concurrent invite deletes the intent too,
  // but then it has stored the session.)
  if (!intent && !existing) {
    await queries.tombstones.add(session_uuid);
    if (await queries.webhooks.erase([session_uuid])) await queries.pendingVacuum.set();
    return undefined;
  }
  // Webhooks that arrived before this response wait for the session.
  await queries.webhooks.requeueWaiting(session_uuid);
  const named = response.assessment_type;
  if (named !== undefined && foldKey(named) !== foldKey(wanted.assessment_type)) otherForms.push('assessment_type');
  for (const field of otherForms) monitor.logOtherForm(field);
  const now = timestamp(clock);
  const dueNow = queries.dueClock.dueAt();
  if (response.answer) await queries.rawAnswers.put(session_uuid, response.answer);
  const row = existing
    ? await updateExisting(queries, options, existing, {
        ...changeLink(existing, response),
        ...changeStatus(existing, response, isReinvite, dueNow),
        assessment_type: existing.assessment_type ?? findNamedType(response, [wanted, ...offered]) ?? null,
      })
    : await createSession(
        queries,
        options,
        buildSession(actor, wanted, response, intent, offered, { now, dueNow, ats: decideAts(options, wanted) }),
      );
  if (row.link_problem !== null && row.link_problem !== existing?.link_problem) {
    monitor.reportLinkProblem(row.link_problem);
  }
  await auditInvite(queries, actor, row, wanted, existing ? 'existing' : 'created');
  return { row, isCreated: !existing };
}

/**
 * Stores the session as `invited` first, so that the timeline begins with the invite even if Evalon reports a later
 * status.
 */
async function createSession(queries: Queries, options: ChangeOptions, row: SessionRow): Promise<SessionRow> {
  const invited = await enqueueChange(queries, options, undefined, { ...row, status: 'invited' });
  return updateSession(queries, options, invited, { status: row.status });
}

/**
 * Stores the changes of a session, if there are any. An ended session that stays ended keeps its `updated_at`, even if
 * the response has another link or activity. A claim of completion changes `updated_at`.
 */
async function updateExisting(
  queries: Queries,
  options: ChangeOptions,
  existing: SessionRow,
  change: Partial<SessionRow>,
): Promise<SessionRow> {
  const isChanged = Object.entries(change).some(([column, value]) => existing[column as keyof SessionRow] !== value);
  if (!isChanged) return existing;
  const staysEnded = hasEndedWithoutResult(existing.status) && (change.status ?? existing.status) === existing.status;
  return staysEnded && !change.completion_claimed_at
    ? saveSession(queries, { ...existing, ...change })
    : updateSession(queries, options, existing, change);
}

/** Keeps the stored link until a response has another one. */
export function changeLink(
  existing: SessionRow,
  { candidate_url, link_problem }: SessionResponse,
): Pick<SessionRow, 'candidate_url' | 'link_problem'> {
  const url = candidate_url ?? existing.candidate_url;
  return { candidate_url: url, link_problem: url === null ? (link_problem ?? existing.link_problem) : null };
}

/**
 * Computes the change of status. A status never goes back, with one exception: a new invite may reopen an ended
 * session.
 */
function changeStatus(
  existing: SessionRow,
  { status, activity }: SessionResponse,
  isReinvite: boolean,
  dueNow: string,
): Partial<SessionRow> {
  if (status === undefined) {
    return activity === undefined || existing.status === 'completed' ? {} : { last_event: activity };
  }
  if (isReinvite && hasEndedWithoutResult(existing.status) && status !== 'completed' && status !== existing.status) {
    // The candidate needs the link again.
    return { status, last_event: null, handed_over: null };
  }
  return changeFromStatus(existing, status, dueNow) ?? {};
}

/**
 * Returns the assessment type of a new session: the offered type that the response names, otherwise the requested type.
 * Returns null if an earlier invite of another type may have reached Evalon.
 */
function decideType(
  wanted: Invite,
  response: SessionResponse,
  intent: InviteIntent | undefined,
  offered: readonly OfferedAssessment[],
): string | null {
  const named = findNamedType(response, intent ? [wanted, ...offered, intent] : [wanted, ...offered]);
  if (named !== undefined) return named;
  return !intent || !hasDifferentType(intent, wanted) ? wanted.assessment_type : null;
}

/**
 * Returns the invite's ATS. If the invite names an application without an ATS, returns the only ATS that the proxy
 * writes into.
 */
function decideAts({ config }: ChangeOptions, { ats, application_id }: Invite): string | null {
  return ats ?? (application_id === undefined ? undefined : getOnlyAts(config().writeBack)) ?? null;
}

function buildSession(
  actor: Inviter,
  wanted: Invite,
  response: SessionResponse,
  intent: InviteIntent | undefined,
  offered: readonly OfferedAssessment[],
  { now, dueNow, ats }: { now: string; dueNow: string; ats: string | null },
): SessionRow {
  const claimsCompletion = response.status === 'completed';
  return {
    ...toInvitee(wanted),
    session_uuid: response.session_uuid,
    candidate_email: wanted.candidate_email,
    candidate_name: wanted.candidate_name,
    assessment_type: decideType(wanted, response, intent, offered),
    candidate_url: response.candidate_url ?? null,
    link_problem: response.link_problem ?? null,
    status: response.status && !claimsCompletion ? response.status : 'invited',
    last_event: response.activity ?? null,
    invited_by: actor.sub,
    inviter_id: toRecruiterId(actor),
    inviter_name: actor.name ?? null,
    invited_at: now,
    updated_at: now,
    completed_at: null,
    scorecard: null,
    overall: null,
    application_id: wanted.application_id ?? null,
    ats,
    ats_writes: null,
    completion_claimed_at: claimsCompletion ? dueNow : null,
    not_ready_since: null,
    read_due_at: claimsCompletion ? dueNow : null,
    read_attempts: 0,
    last_empty_read_at: null,
    result_due_at: null,
    result_overdue_since: null,
    handed_over: null,
    poll_due_at: null,
    poll_count: 0,
  };
}
