/** Decides which names of recruiters a caller may see: all, or only the caller's own if the token names candidates. */
import type { RecruiterReference, Session } from '../contract/session.ts';
import { type Recruiter, toRecruiterId } from './recruiter.ts';

export function toRecruiterReference(id: string, name: string | null | undefined): RecruiterReference {
  return { id, ...(name && { name }) };
}

/** A recruiter in a stored row. */
export interface StoredRecruiter {
  /** The id from `toRecruiterId`; null if unknown. */
  recruiter_id: string | null;
  /** The `sub`. */
  recruiter: string;
  recruiter_name: string | null;
}

/** Returns a recruiter, without the name if the caller may not see it. */
export function toVisibleRecruiter(caller: Recruiter, stored: StoredRecruiter): RecruiterReference {
  const canSeeName = !caller.candidateKeys || stored.recruiter_id === toRecruiterId(caller);
  return toRecruiterReference(stored.recruiter, canSeeName ? stored.recruiter_name : undefined);
}

/**
 * Removes the recruiters' names that the caller may not see.
 * @param ids the ids (`toRecruiterId`) of the inviter and of the recruiter who passed on the link. Without `handedOverById`,
 *   compares the `sub` in `handed_over`.
 */
export function hideOtherNames(
  caller: Recruiter,
  session: Session,
  { inviterId, handedOverById }: { inviterId: string | null; handedOverById?: string },
): Session {
  if (!caller.candidateKeys) return session;
  const { invited_by_name, handed_over, ...others } = session;
  const callerId = toRecruiterId(caller);
  const isOwnHandover = handedOverById === undefined ? handed_over?.by.id === caller.sub : handedOverById === callerId;
  return {
    ...others,
    ...(invited_by_name !== undefined && inviterId === callerId && { invited_by_name }),
    ...(handed_over && {
      handed_over: isOwnHandover ? handed_over : { ...handed_over, by: { id: handed_over.by.id } },
    }),
  };
}
