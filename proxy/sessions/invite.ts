/**
 * A click on Invite. The intent is stored before Evalon is called and the mapping before the click is answered, so
 * that neither a crash nor a second click makes a second session; what Evalon holds is told as it is.
 */
import { maySee, type Recruiter } from '../auth/recruiter.ts';
import { type Clock, timestamp } from '../clock.ts';
import { candidateKey } from '../contract/candidate.ts';
import type { Invite, Session } from '../contract/session.ts';
import { isDead } from '../contract/status.ts';
import { Conflict, Forbidden, TypeConflict, UpstreamRejected } from '../errors.ts';
import type { EvalonClient } from '../evalon/client.ts';
import { nonsense } from '../evalon/failure.ts';
import type { SessionAnswer } from '../evalon/wire.ts';
import { isLoopback } from '../settings.ts';
import type { Intent, SessionRow } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { note } from './audit.ts';
import { shownTo, storeChange } from './session.ts';

export interface Invited {
  session: Session;
  /** False where the session was there before. */
  created: boolean;
}

export interface InviteOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'createSession'>;
  clock: Clock;
  /** Whether a candidate's link may be plain http on this machine: in the sandbox and against a local Evalon. */
  allowLoopbackLinks: boolean;
}

export type InviteCandidate = (recruiter: Recruiter, invite: Invite) => Promise<Invited>;

/**
 * Answers a function that invites a candidate, one call at a time for each person and project.
 * It throws Forbidden, TypeConflict (with the session in the way), Conflict and what the Evalon client throws.
 */
export function createInvite({ store, evalon, clock, allowLoopbackLinks }: InviteOptions): InviteCandidate {
  const underWay = new Map<string, Promise<unknown>>();

  /**
   * Two clicks in two tabs: the second looks at what the first one left. Where the person was erased meanwhile, it was
   * made before anybody could know, and ends like the first.
   */
  function oneAtATime<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = underWay.get(key) ?? Promise.resolve();
    const mine = before.then(run, (error: unknown) => {
      if (error instanceof Conflict) throw error;
      return run();
    });
    underWay.set(key, mine);
    const clear = () => underWay.get(key) === mine && underWay.delete(key);
    mine.then(clear, clear);
    return mine;
  }

  async function invite(recruiter: Recruiter, wanted: Invite, person: Person): Promise<Invited> {
    const held = await store.read(({ sessions }) => sessions.current(person));
    const isUseful = held?.candidate_url || held?.status === 'completed';
    if (held && isUseful && !isDead(held.status)) {
      await store.write((queries) => noteInvite(queries, recruiter, held, wanted, false));
      return { session: sameType(recruiter, held, wanted), created: false };
    }

    const { intent, isFirst } = await store.write(async ({ sessions }) => {
      const mine = { ...person, assessment_type: wanted.assessment_type };
      const isFirst = await sessions.intend({ ...mine, invited_by: recruiter.sub, invited_at: timestamp(clock) });
      return { intent: await sessions.intent(person), isFirst };
    });
    const answer = await evalon
      .createSession({ ...wanted, candidate_email: person.candidate_key })
      .catch(async (error: unknown) => {
        if (error instanceof UpstreamRejected && isFirst) await store.write(({ sessions }) => sessions.settle(person));
        throw error;
      });
    checkPerson(answer, person);

    const invited = await store.write(async (queries) => {
      if (!(await queries.sessions.intent(person))) {
        await queries.hashes.bury(answer.session_uuid);
        if (await queries.inbox.erase([answer.session_uuid])) await queries.traces.leave();
        return undefined;
      }
      const known = await queries.sessions.get(answer.session_uuid);
      if (known && (known.candidate_key !== person.candidate_key || known.project_id !== person.project_id)) {
        throw nonsense("Evalon answered with another person's session");
      }
      await queries.sessions.settle(person);
      await queries.inbox.release(answer.session_uuid);
      const link = safeLink(answer.candidate_url, allowLoopbackLinks);
      const change = known
        ? {
            candidate_url: link ?? known.candidate_url,
            assessment_type: answer.assessment_type ?? known.assessment_type,
          }
        : {};
      const base = known ?? newSession(recruiter, wanted, person, answer, intent, link, timestamp(clock));
      const row = await storeChange(queries, clock, base, change);
      await noteInvite(queries, recruiter, row, wanted, !known);
      return { row, created: !known };
    });
    if (!invited) throw new Conflict('This candidate was erased meanwhile. Invite again only if that is still right.');
    return { session: sameType(recruiter, invited.row, wanted), created: invited.created };
  }

  return async (recruiter, wanted) => {
    const person = { candidate_key: candidateKey(wanted.candidate_email), project_id: wanted.project_id };
    demandInvite(recruiter, person);
    return oneAtATime(JSON.stringify(person), () => invite(recruiter, wanted, person));
  };
}

interface Person {
  candidate_key: string;
  project_id: string;
}

/** @throws Forbidden where the recruiter lacks the scope, or may not see the person. */
function demandInvite(recruiter: Recruiter, person: Person): void {
  if (!recruiter.scope.has('invite')) {
    throw new Forbidden('Your sign-in does not let you invite candidates. Ask your IT team for the scope "invite".');
  }
  if (!maySee(recruiter, person)) {
    throw new Forbidden('Your sign-in does not cover this candidate or project. Ask your IT team for access.');
  }
}

/** Evalon's key leaves the type out: what comes back may be another assessment than was asked for. */
function isOtherType({ assessment_type: held }: SessionRow, wanted: Invite): boolean {
  return held !== null && held.toLowerCase() !== wanted.assessment_type.toLowerCase();
}

function sameType(recruiter: Recruiter, row: SessionRow, wanted: Invite): Session {
  const session = shownTo(recruiter, row);
  if (!isOtherType(row, wanted)) return session;
  throw new TypeConflict(
    `Evalon holds one assessment for each person and project, and for this one it is “${row.assessment_type}”. A second one needs another project.`,
    session,
  );
}

async function noteInvite(queries: Queries, actor: Recruiter, row: SessionRow, wanted: Invite, created: boolean) {
  const conflict = isOtherType(row, wanted);
  await note(queries, {
    actor,
    action: conflict ? 'refused' : 'invited',
    detail: conflict ? 'type_conflict' : created ? 'created' : 'existing',
    subject: row,
  });
}

function checkPerson(answer: SessionAnswer, person: Person): void {
  const otherPerson =
    answer.candidate_email !== undefined && candidateKey(answer.candidate_email) !== person.candidate_key;
  const otherProject = answer.project_id !== undefined && answer.project_id !== person.project_id;
  if (otherPerson || otherProject) throw nonsense('Evalon answered with a session of another person or project');
}

function safeLink(link: string | undefined, allowLoopback: boolean): string | null {
  if (!link || !URL.canParse(link)) return null;
  const { protocol, hostname, href } = new URL(link);
  const local = allowLoopback && protocol === 'http:' && isLoopback(hostname);
  return protocol === 'https:' || local ? href : null;
}

/**
 * The type is Evalon's word, else our first unsettled intent's; where an earlier intent of another type may have
 * reached Evalon, nobody knows, and null says so.
 */
function newSession(
  recruiter: Recruiter,
  wanted: Invite,
  person: Person,
  answer: SessionAnswer,
  intent: Intent | undefined,
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
    invited_by: recruiter.sub,
    invited_at: now,
    updated_at: now,
    completed_at: null,
    scorecard: null,
    application_id: wanted.application_id ?? null,
    ats: wanted.ats ?? null,
    claimed_at: claimsCompletion ? now : null,
    unready_at: null,
    read_after: claimsCompletion ? now : null,
    read_attempts: 0,
    missed_at: null,
    look_after: null,
    looks: 0,
  };
}
