/** Turns Evalon's response to an invite, single or in a batch, into a stored session with its event and audit entry. */
import { type Actor, recordAudit } from '../audit/audit-log.ts';
import { recruiterId } from '../auth/recruiter.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Invite } from '../contract/session.ts';
import { hasEndedWithoutResult } from '../contract/status.ts';
import { invalidResponse } from '../evalon/errors.ts';
import type { SessionResponse } from '../evalon/parse-session.ts';
import { updateSession } from '../sessions/session.ts';
import type { InviteIntent, SessionRow } from '../store/schema.ts';
import type { ExistingSession } from '../store/sessions.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';

export interface Invitee {
  candidate_key: string;
  project_id: string;
}

export interface StoreSessionOptions {
  clock: Clock;
}

export function toInvitee({ candidate_email, project_id }: Invite): Invitee {
  return { candidate_key: toCandidateKey(candidate_email), project_id };
}

/** Whether an existing session makes a call to Evalon unnecessary. */
export function isReusable({ candidate_url, status }: ExistingSession): boolean {
  return (candidate_url !== null || status === 'completed') && !hasEndedWithoutResult(status);
}

/** Evalon identifies a session by email and project, so it may return another assessment type than requested. */
export function hasDifferentType(
  { assessment_type }: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
): boolean {
  return assessment_type !== null && assessment_type.toLowerCase() !== wanted.assessment_type.toLowerCase();
}

export function formatTypeConflict({ assessment_type }: ExistingSession): string {
  return `Evalon allows one assessment per candidate and project, and here it is “${assessment_type}”. Use another project for a second one.`;
}

export async function auditInvite(
  queries: Queries,
  actor: Actor,
  row: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
  created: boolean,
): Promise<void> {
  const isConflict = hasDifferentType(row, wanted);
  await recordAudit(queries, {
    actor: { iss: actor.iss, sub: actor.sub },
    action: isConflict ? 'refused' : 'invited',
    detail: isConflict ? 'type_conflict' : created ? 'created' : 'existing',
    subject: row,
  });
}

/** Stores the intent to invite a candidate. Returns false if an earlier intent may have reached Evalon. */
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
  created: boolean;
}

/**
 * Stores the session of Evalon's response with its event and audit entry. Returns undefined and keeps no data if the
 * candidate was erased during the call.
 * @throws UpstreamUnavailable if the session belongs to another candidate or project.
 */
export async function storeSession(
  queries: Queries,
  { clock }: StoreSessionOptions,
  actor: Actor,
  wanted: Invite,
  response: SessionResponse,
): Promise<StoredSession | undefined> {
  const invitee = toInvitee(wanted);
  const { session_uuid } = response;
  const existing = await queries.sessions.get(session_uuid);
  assertSameInvitee(invitee, response, existing);
  const intent = await queries.inviteIntents.get(invitee);
  // An erasure deletes the intent. So does another invite of the same moment, but that one stores the session.
  if (!intent && !existing) {
    await queries.tombstones.add(session_uuid);
    if (await queries.webhooks.erase([session_uuid])) await queries.pendingVacuum.set();
    return undefined;
  }
  await queries.inviteIntents.delete(invitee);
  await queries.webhooks.requeueWaiting(session_uuid);
  if (response.answer) await queries.rawAnswers.put(session_uuid, response.answer);
  const row = existing
    ? await updateSession(queries, clock, existing, {
        candidate_url: response.candidate_url ?? existing.candidate_url,
        link_problem: existing.candidate_url === null ? (response.link_problem ?? null) : null,
        assessment_type: response.assessment_type ?? existing.assessment_type,
      })
    : await createSession(queries, clock, buildSession(actor, wanted, response, intent, timestamp(clock)));
  await auditInvite(queries, actor, row, wanted, !existing);
  return { row, created: !existing };
}

/** The timeline begins with the invite, also if Evalon returns a session that is further. */
function createSession(queries: Queries, clock: Clock, row: SessionRow): Promise<SessionRow> {
  return updateSession(queries, clock, { ...row, status: 'invited' }, { status: row.status });
}

function assertSameInvitee(invitee: Invitee, response: SessionResponse, existing: SessionRow | undefined): void {
  const key = response.candidate_email === undefined ? invitee.candidate_key : toCandidateKey(response.candidate_email);
  const projectId = response.project_id ?? invitee.project_id;
  for (const other of [{ candidate_key: key, project_id: projectId }, existing]) {
    if (other && (other.candidate_key !== invitee.candidate_key || other.project_id !== invitee.project_id)) {
      throw invalidResponse("Evalon responded with another candidate's or project's session");
    }
  }
}

function buildSession(
  actor: Actor,
  wanted: Invite,
  response: SessionResponse,
  intent: InviteIntent | undefined,
  now: string,
): SessionRow {
  // If an earlier intent of another type may have reached Evalon, the type is unknown unless Evalon names it.
  const isTypeCertain = !intent || intent.assessment_type === wanted.assessment_type;
  const claimsCompletion = response.status === 'completed';
  return {
    ...toInvitee(wanted),
    session_uuid: response.session_uuid,
    candidate_email: wanted.candidate_email,
    candidate_name: wanted.candidate_name,
    assessment_type: response.assessment_type ?? (isTypeCertain ? wanted.assessment_type : null),
    candidate_url: response.candidate_url ?? null,
    link_problem: response.link_problem ?? null,
    status: response.status && !claimsCompletion ? response.status : 'invited',
    last_event: response.activity ?? null,
    invited_by: actor.sub,
    owner: recruiterId(actor),
    invited_at: now,
    updated_at: now,
    completed_at: null,
    scorecard: null,
    overall: null,
    application_id: wanted.application_id ?? null,
    ats: wanted.ats ?? null,
    claimed_at: claimsCompletion ? now : null,
    not_ready_since: null,
    read_after: claimsCompletion ? now : null,
    read_attempts: 0,
    last_empty_read_at: null,
    overdue_at: null,
    unavailable_at: null,
    poll_after: null,
    poll_count: 0,
  };
}
