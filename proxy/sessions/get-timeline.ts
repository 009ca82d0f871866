/** Returns what happened to a session: the invite, each status that it reached, and each result. */
import type { Audit } from '../audit/audit-log.ts';
import { type Recruiter, recruiterId } from '../auth/recruiter.ts';
import type { Timeline } from '../contract/session.ts';
import type { SessionHistoryEntry, SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { getVisibleSession } from './get-session.ts';

/** The function throws what `getVisibleSession` throws. */
export type GetTimeline = (recruiter: Recruiter, sessionUuid: string) => Promise<Timeline>;

interface Options {
  store: Store;
  audit: Pick<Audit, 'recordSeen'>;
}

export function createGetTimeline({ store, audit }: Options): GetTimeline {
  return async (recruiter, sessionUuid) => {
    const session = await getVisibleSession(store, recruiter, sessionUuid);
    const history = await store.read((queries) => queries.history.list(sessionUuid));
    await audit.recordSeen(recruiter, [session]);
    return { entries: [toInviteEntry(recruiter, session), ...history.map(toEntry)] };
  };
}

/** With a token limited to single candidates, the entry names the inviter only if it is the caller. */
function toInviteEntry(
  recruiter: Recruiter,
  { invited_at, invited_by, inviter_id }: SessionRow,
): Timeline['entries'][number] {
  const canSeeInviter = !recruiter.candidateKeys || inviter_id === recruiterId(recruiter);
  return {
    type: 'invited',
    at: invited_at,
    ...(invited_by !== null && canSeeInviter && { by: { id: invited_by } }),
  };
}

function toEntry({ type, at, overall, overall_max }: SessionHistoryEntry): Timeline['entries'][number] {
  const isResult = type === 'completed' || type === 'regraded';
  return { type, at, ...(isResult && { overall, overall_max }) };
}
