/**
 * A click on Invite. The intent is stored before Evalon is called and the mapping before the click is answered, so
 * that neither a crash nor a second click makes a second session; what Evalon holds is told as it is.
 */
import { canSee, type Recruiter } from '../auth/recruiter.ts';
import type { Invite, Session } from '../contract/session.ts';
import type { EvalonClient } from '../evalon/client.ts';
import { toSessionFor } from '../sessions/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { Conflict, Forbidden, TypeConflict, UpstreamRejected, UpstreamUnavailable } from '../util/errors.ts';
import {
  auditInvite,
  formatTypeConflict,
  hasDifferentType,
  type Invitee,
  isReusable,
  recordIntent,
  type StoreSessionOptions,
  storeSession,
  toInvitee,
} from './session-from-evalon.ts';

export interface InviteResult {
  session: Session;
  /** False where the session was there before. */
  created: boolean;
}

export interface InviteOptions extends StoreSessionOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'createSession'>;
}

export type InviteCandidate = (recruiter: Recruiter, invite: Invite) => Promise<InviteResult>;

/**
 * Answers a function that invites a candidate, one call at a time for each person and project.
 * It throws Forbidden, TypeConflict (with the session in the way), Conflict and what the Evalon client throws.
 */
export function createInviteCandidate(options: InviteOptions): InviteCandidate {
  const { store, evalon, clock } = options;
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

  async function invite(recruiter: Recruiter, wanted: Invite, person: Invitee): Promise<InviteResult> {
    const held = await store.read(({ sessions }) => sessions.getNewest(person));
    if (held && isReusable(held)) {
      await store.write((queries) => auditInvite(queries, recruiter, held, wanted, false));
      return { session: assertSameType(recruiter, held, wanted), created: false };
    }

    const isFirst = await store.write((queries) => recordIntent(queries, clock, recruiter, wanted));
    const answer = await evalon
      .createSession({ ...wanted, candidate_email: person.candidate_key })
      .catch(async (error: unknown) => {
        if (error instanceof UpstreamRejected && isFirst)
          await store.write(({ sessions }) => sessions.deleteIntent(person));
        throw error;
      })
      .catch(UpstreamUnavailable.rethrowWith('That is safe: nobody is invited twice.'));
    const mapped = await store.write((queries) => storeSession(queries, options, recruiter, wanted, answer));
    if (!mapped) throw new Conflict('This candidate was erased meanwhile. Invite again only if that is still right.');
    return { session: assertSameType(recruiter, mapped.row, wanted), created: mapped.created };
  }

  return async (recruiter, wanted) => {
    const person = toInvitee(wanted);
    assertCanInvite(recruiter, person);
    return oneAtATime(JSON.stringify(person), () => invite(recruiter, wanted, person));
  };
}

/** @throws Forbidden where the recruiter lacks the scope, or may not see the person. */
function assertCanInvite(recruiter: Recruiter, person: Invitee): void {
  if (!recruiter.scope.has('invite')) {
    throw new Forbidden('Your sign-in does not let you invite candidates. Ask your IT team for the scope "invite".');
  }
  if (!canSee(recruiter, person)) {
    throw new Forbidden('Your sign-in does not cover this candidate or project. Ask your IT team for access.');
  }
}

function assertSameType(recruiter: Recruiter, row: SessionRow, wanted: Invite): Session {
  const session = toSessionFor(recruiter, row);
  if (!hasDifferentType(row, wanted)) return session;
  throw new TypeConflict(formatTypeConflict(row), session);
}
