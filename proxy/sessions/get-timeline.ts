/**
 * Returns what happened to a session, oldest first: the invite, each status that it reached, each result, and what
 * recruiters did.
 */
import type { Audit } from '../audit/audit-log.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import { type StoredRecruiter, toVisibleRecruiter } from '../auth/recruiter-names.ts';
import type { Timeline } from '../contract/session.ts';
import type { SessionHistoryEntry, SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { getVisibleSession } from './get-session.ts';

/** Throws what `getVisibleSession` throws. */
export type GetTimeline = (recruiter: Recruiter, sessionUuid: string) => Promise<Timeline>;

type TimelineEntry = Timeline['entries'][number];

interface Options {
  store: Store;
  audit: Pick<Audit, 'recordSeen'>;
}

const MAX_HANDOVERS = 200;
const MAX_RESULT_READS = 200;

export function createGetTimeline({ store, audit }: Options): GetTimeline {
  return async (recruiter, sessionUuid) => {
    const session = await getVisibleSession(store, recruiter, sessionUuid);
    const [history, handovers, reads] = await store.read(async (queries) => [
      await queries.history.list(sessionUuid),
      await queries.handovers.listNewest(sessionUuid, MAX_HANDOVERS),
      await queries.resultReads.list(sessionUuid, MAX_RESULT_READS),
    ]);
    await audit.recordSeen(recruiter, [session]);
    const toRecruiter = (row: StoredRecruiter) => toVisibleRecruiter(recruiter, row);
    const entries: TimelineEntry[] = [
      toInviteEntry(recruiter, session),
      ...history.map(toEntry),
      ...handovers.map(({ kind, at, channel, ...row }) => ({
        type: kind === 'reminder' ? ('reminder' as const) : ('handover' as const),
        at,
        channel,
        by: toRecruiter(row),
      })),
      ...reads.map(({ at, ...row }) => ({ type: 'result_read' as const, at, by: toRecruiter(row) })),
    ];
    return { entries: entries.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1)) };
  };
}

function toInviteEntry(caller: Recruiter, session: SessionRow): TimelineEntry {
  const { invited_at, invited_by, inviter_id, inviter_name } = session;
  const inviter = invited_by !== null && {
    recruiter: invited_by,
    recruiter_id: inviter_id,
    recruiter_name: inviter_name,
  };
  return { type: 'invited', at: invited_at, ...(inviter && { by: toVisibleRecruiter(caller, inviter) }) };
}

function toEntry({ type, at, overall, overall_max }: SessionHistoryEntry): TimelineEntry {
  const isResult = type === 'completed' || type === 'regraded';
  return { type, at, ...(isResult && { overall, overall_max }) };
}
