/** Reads one session. */
import type { Audit } from '../audit/audit-log.ts';
import { assertScope } from '../auth/permissions.ts';
import { canSee, type Recruiter } from '../auth/recruiter.ts';
import type { Session } from '../contract/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { ViewedCandidates } from '../stream/viewed-candidates.ts';
import { NotFound } from '../util/errors.ts';
import { toSessionFor } from './session.ts';

export interface ReadSessionOptions {
  store: Store;
  audit: Audit;
  viewedCandidates: Pick<ViewedCandidates, 'markViewed'>;
}

/** @throws Forbidden, NotFound */
export async function getSession(
  { store, audit, viewedCandidates }: ReadSessionOptions,
  recruiter: Recruiter,
  sessionUuid: string,
): Promise<Session> {
  const row = await getVisibleSession(store, recruiter, sessionUuid);
  await audit.recordSeen(recruiter, [row]);
  viewedCandidates.markViewed([row.candidate_key]);
  return toSessionFor(recruiter, row);
}

/**
 * @throws Forbidden; NotFound if the session does not exist, or if the recruiter may not see it. The two cases are
 * indistinguishable, so that callers cannot probe ids.
 */
export async function getVisibleSession(store: Store, recruiter: Recruiter, sessionUuid: string): Promise<SessionRow> {
  assertScope(recruiter, 'read');
  return assertVisible(recruiter, await store.read(({ sessions }) => sessions.get(sessionUuid)));
}

/** @throws NotFound */
export function assertVisible(recruiter: Recruiter, row: SessionRow | undefined): SessionRow {
  if (row && canSee(recruiter, row)) return row;
  throw new NotFound("This assessment doesn't exist, or you don't have access to it.");
}
