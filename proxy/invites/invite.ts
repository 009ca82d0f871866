/**
 * Invites a candidate. Commits the intent and the rate limit permit together, before the call to Evalon. Commits the
 * session before the response to the recruiter. So neither a crash nor a second click creates a second session.
 */
import { assertScope } from '../auth/permissions.ts';
import { canSee, type Recruiter } from '../auth/recruiter.ts';
import type { Invite, Session } from '../contract/session.ts';
import { hasEndedWithoutResult } from '../contract/status.ts';
import type { EvalonClient } from '../evalon/client.ts';
import type { Priority } from '../rate-limit/priorities.ts';
import { toSessionFor } from '../sessions/session.ts';
import type { Store } from '../store/store.ts';
import { Conflict, Forbidden, TypeConflict, UpstreamRejected } from '../util/errors.ts';
import { assertOffered } from './offered.ts';
import {
  formatTypeConflict,
  hasDifferentType,
  type Invitee,
  isReusable,
  recordExistingSession,
  recordIntent,
  type StoredSession,
  type StoreSessionOptions,
  storeSession,
  toInvitee,
} from './session-from-evalon.ts';

interface InviteResult {
  session: Session;
  /** False if the session already existed. */
  isCreated: boolean;
}

export interface InviteOptions extends StoreSessionOptions {
  store: Store;
  evalon: Pick<EvalonClient, 'createSession'>;
}

/** @param priority of the call to Evalon. Default: `interactive`, for a recruiter who waits. */
export type InviteCandidate = (recruiter: Recruiter, invite: Invite, priority?: Priority) => Promise<InviteResult>;

/**
 * The returned function throws Forbidden, InvalidRequest, Conflict, or TypeConflict with the existing session. It also
 * throws the errors of the Evalon client.
 */
export function createInviteCandidate(options: InviteOptions): InviteCandidate {
  const { store, evalon, clock } = options;
  /** The running invites, by candidate and project. */
  const running = new Map<string, Promise<InviteResult>>();

  async function invite(
    recruiter: Recruiter,
    wanted: Invite,
    invitee: Invitee,
    priority: Priority,
  ): Promise<InviteResult> {
    const existing = await store.read(({ sessions }) => sessions.getNewest(invitee));
    if (existing && isReusable(existing)) {
      await store.write((queries) => recordExistingSession(queries, recruiter, existing, wanted));
      return toResult(recruiter, { row: existing, isCreated: false }, wanted);
    }

    const isReinvite = existing !== undefined && hasEndedWithoutResult(existing.status);
    let isFirstIntent = false;
    const stored = await evalon
      .createSession(
        { ...wanted, candidate_email: invitee.candidate_key },
        {
          priority,
          record: async (queries) => {
            isFirstIntent = await recordIntent(queries, clock, recruiter, wanted);
          },
        },
        (queries, response) => storeSession(queries, options, recruiter, wanted, response, isReinvite),
      )
      .catch(async (error: unknown) => {
        // The intent of an earlier invite stays, because that invite may have reached Evalon.
        if (error instanceof UpstreamRejected && isFirstIntent) {
          await store.write(({ inviteIntents }) => inviteIntents.delete(invitee));
        }
        throw error;
      });
    if (!stored) {
      throw new Conflict('This candidate was erased while the invite was running. Check before you invite again.');
    }
    return toResult(recruiter, stored, wanted);
  }

  return async (recruiter, wanted, priority = 'interactive') => {
    const invitee = toInvitee(wanted);
    assertCanInvite(recruiter, invitee);
    assertOffered(options.offeredAssessments(), wanted);
    const key = JSON.stringify(invitee);
    // A second click waits for the first click, and then finds the stored session. If the candidate was erased, both
    // clicks fail.
    const previous = (running.get(key) ?? Promise.resolve()).catch((error: unknown) => {
      if (error instanceof Conflict) throw error;
    });
    const current = previous.then(() => invite(recruiter, wanted, invitee, priority));
    running.set(key, current);
    return current.finally(() => running.get(key) === current && running.delete(key));
  };
}

function assertCanInvite(recruiter: Recruiter, invitee: Invitee): void {
  assertScope(recruiter, 'invite');
  if (!canSee(recruiter, invitee)) {
    throw new Forbidden('Your sign-in does not cover this candidate or project. Ask your IT team for access.');
  }
}

/** @throws TypeConflict if the session has another assessment type. */
function toResult(recruiter: Recruiter, { row, isCreated }: StoredSession, wanted: Invite): InviteResult {
  const session = toSessionFor(recruiter, row);
  if (hasDifferentType(row, wanted)) throw new TypeConflict(formatTypeConflict(row), session);
  return { session, isCreated };
}
