/** Which names of recruiters a caller may see: all, or only their own if their token is limited to single candidates. */
import type { RecruiterReference, Session } from '../contract/session.ts';
import { type Recruiter, recruiterId } from './recruiter.ts';

export function toRecruiterReference(id: string, name: string | null | undefined): RecruiterReference {
  return { id, ...(name && { name }) };
}

/** A recruiter in a stored row. */
export interface StoredRecruiter {
  /** The `recruiterId`; null if unknown. */
  recruiter_id: string | null;
  /** The `sub`. */
  recruiter: string;
  recruiter_name: string | null;
}

/** Returns a recruiter as the caller may see them. */
export function toRecruiterFor(caller: Recruiter, stored: StoredRecruiter): RecruiterReference {
  const canSeeName = !caller.candidateKeys || stored.recruiter_id === recruiterId(caller);
  return toRecruiterReference(stored.recruiter, canSeeName ? stored.recruiter_name : undefined);
}

/**
 * Removes the names that the caller may not see from a session.
 * @param ids the `recruiterId` of the recruiters in the session. Without `handedOverById`, the `sub` decides.
 */
export function hideOtherNames(
  caller: Recruiter,
  session: Session,
  { inviterId, handedOverById }: { inviterId: string | null; handedOverById?: string },
): Session {
  if (!caller.candidateKeys) return session;
  const { invited_by_name, handed_over, ...others } = session;
  const callerId = recruiterId(caller);
  const isSender = handedOverById === undefined ? handed_over?.by.id === caller.sub : handedOverById === callerId;
  return {
    ...others,
    ...(invited_by_name !== undefined && inviterId === callerId && { invited_by_name }),
    ...(handed_over && { handed_over: isSender ? handed_over : { ...handed_over, by: { id: handed_over.by.id } } }),
  };
}
