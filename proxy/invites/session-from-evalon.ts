/**
 * How an invite becomes a session of ours, one by one or in a batch: the intent is stored before Evalon is called, what
 * it answers is held against the person asked for, and mapping, event and audit entry are stored together.
 */

import { type Actor, recordAudit } from '../audit/audit-log.ts';
import { recruiterId } from '../auth/recruiter.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { Invite } from '../contract/session.ts';
import { hasEndedWithoutResult } from '../contract/status.ts';
import { invalidResponse } from '../evalon/errors.ts';
import type { SessionResponse } from '../evalon/schemas.ts';
import { updateSession } from '../sessions/session.ts';
import type { InviteIntent, SessionRow } from '../store/schema.ts';
import type { ExistingSession } from '../store/sessions.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { isLoopback } from '../util/loopback.ts';

export interface Invitee {
  candidate_key: string;
  project_id: string;
}

export interface StoreSessionOptions {
  clock: Clock;
  /** Whether a candidate's link may be plain http on this machine: in the sandbox and against a local Evalon. */
  allowLoopbackLinks: boolean;
}

export function toInvitee({ candidate_email, project_id }: Invite): Invitee {
  return { candidate_key: toCandidateKey(candidate_email), project_id };
}

/** Whether a session that is there makes a call of Evalon needless. */
export function isReusable({ candidate_url, status }: ExistingSession): boolean {
  return (candidate_url !== null || status === 'completed') && !hasEndedWithoutResult(status);
}

/** Evalon's key leaves the type out: what comes back may be another assessment than was asked for. */
export function hasDifferentType(
  { assessment_type: held }: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
): boolean {
  return held !== null && held.toLowerCase() !== wanted.assessment_type.toLowerCase();
}

/** What to tell of a session of another type than was asked for. */
export function formatTypeConflict({ assessment_type }: ExistingSession): string {
  return `Evalon holds one assessment for each person and project, and for this one it is “${assessment_type}”. A second one needs another project.`;
}

/** Records that a session was asked for and what came of it. */
export async function auditInvite(
  queries: Queries,
  actor: Actor,
  row: ExistingSession,
  wanted: Pick<Invite, 'assessment_type'>,
  created: boolean,
): Promise<void> {
  const conflict = hasDifferentType(row, wanted);
  await recordAudit(queries, {
    actor: { iss: actor.iss, sub: actor.sub },
    action: conflict ? 'refused' : 'invited',
    detail: conflict ? 'type_conflict' : created ? 'created' : 'existing',
    subject: row,
  });
}

/** Stores the intent to invite a person, and answers whether it is the first that is not settled. */
export function recordIntent({ sessions }: Queries, clock: Clock, actor: Actor, wanted: Invite): Promise<boolean> {
  return sessions.insertIntent({
    ...toInvitee(wanted),
    assessment_type: wanted.assessment_type,
    invited_by: actor.sub,
    invited_at: timestamp(clock),
  });
}

export interface StoredSession {
  row: SessionRow;
  /** False where our store knew the session before. */
  created: boolean;
}

/**
 * Stores the session that Evalon answered, with its event and its entry in the record. Undefined where the person was
 * erased meanwhile: then nothing is stored.
 * @throws UpstreamUnavailable, before anything is stored, where the session is another person's.
 */
export async function storeSession(
  queries: Queries,
  { clock, allowLoopbackLinks }: StoreSessionOptions,
  actor: Actor,
  wanted: Invite,
  answer: SessionResponse,
): Promise<StoredSession | undefined> {
  const person = toInvitee(wanted);
  assertSameInvitee(answer, person);
  const intent = await queries.sessions.getIntent(person);
  const known = await queries.sessions.get(answer.session_uuid);
  if (known && (known.candidate_key !== person.candidate_key || known.project_id !== person.project_id)) {
    throw invalidResponse("Evalon answered with another person's session");
  }
  // Without an intent the person was erased, unless another invite of the same moment has settled it.
  if (!intent && !known) {
    await queries.hashes.addTombstone(answer.session_uuid);
    if (await queries.webhooks.erase([answer.session_uuid])) await queries.pendingVacuum.set();
    return undefined;
  }
  await queries.sessions.deleteIntent(person);
  await queries.webhooks.requeueWaiting(answer.session_uuid);
  const link = sanitizeLink(answer.candidate_url, allowLoopbackLinks);
  const change = known
    ? { candidate_url: link ?? known.candidate_url, assessment_type: answer.assessment_type ?? known.assessment_type }
    : {};
  const base = known ?? buildSession(actor, wanted, person, answer, intent, link, timestamp(clock));
  const row = await updateSession(queries, clock, base, change);
  await auditInvite(queries, actor, row, wanted, !known);
  return { row, created: !known };
}

function assertSameInvitee(answer: SessionResponse, person: Invitee): void {
  const otherPerson =
    answer.candidate_email !== undefined && toCandidateKey(answer.candidate_email) !== person.candidate_key;
  const otherProject = answer.project_id !== undefined && answer.project_id !== person.project_id;
  if (otherPerson || otherProject) throw invalidResponse('Evalon answered with a session of another person or project');
}

function sanitizeLink(link: string | undefined, allowLoopback: boolean): string | null {
  if (!link || !URL.canParse(link)) return null;
  const { protocol, hostname, href } = new URL(link);
  const local = allowLoopback && protocol === 'http:' && isLoopback(hostname);
  return protocol === 'https:' || local ? href : null;
}

/**
 * The type is Evalon's word, else our first unsettled intent's; where an earlier intent of another type may have
 * reached Evalon, nobody knows, and null says so.
 */
function buildSession(
  actor: Actor,
  wanted: Invite,
  person: Invitee,
  answer: SessionResponse,
  intent: InviteIntent | undefined,
  link: string | null,
  now: string,
): SessionRow {
  const intended = !intent || intent.assessment_type === wanted.assessment_type ? wanted.assessment_type : null;
  const claimsCompletion = answer.status === 'completed';
  return {
    ...person,
    session_uuid: answer.session_uuid,
    candidate_email: wanted.candidate_email,
    candidate_name: wanted.candidate_name,
    assessment_type: answer.assessment_type ?? intended,
    candidate_url: link,
    status: answer.status && !claimsCompletion ? answer.status : 'invited',
    last_event: null,
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
