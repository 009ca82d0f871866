/** What is known of the people a page shows, and the place in the log from which a stream can go on without a gap. */

import type { Audit } from '../audit/audit-log.ts';
import { canSee, canSeeCandidate, canSeeProject, type Recruiter, rightsFingerprint } from '../auth/recruiter.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { SessionQueryResponse } from '../contract/list.ts';
import type { Session, WatchedCandidate } from '../contract/session.ts';
import type { SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { createCandidateFilter } from '../stream/candidate-filter.ts';
import type { ViewedCandidates } from '../stream/viewed-candidates.ts';
import { Forbidden, NotFound } from '../util/errors.ts';
import { toSessionFor } from './session.ts';

/** Whether the recruiter may ask about this row of a page. */
export function canWatch(recruiter: Recruiter, { candidate_email, project_id }: WatchedCandidate): boolean {
  return (
    recruiter.scope.has('read') &&
    canSeeCandidate(recruiter, toCandidateKey(candidate_email)) &&
    (project_id === undefined || canSeeProject(recruiter, project_id))
  );
}

export interface QueryOptions {
  store: Store;
  audit: Audit;
  viewedCandidates: Pick<ViewedCandidates, 'markViewed'>;
}

/** Answers the sessions of the rows that the recruiter may see, and names the others. */
export async function listSessionsByCandidates(
  { store, audit, viewedCandidates: attention }: QueryOptions,
  recruiter: Recruiter,
  candidates: readonly WatchedCandidate[],
): Promise<SessionQueryResponse> {
  const watch = createCandidateFilter(candidates.filter((row) => canWatch(recruiter, row)));
  const { head, rows } = await store.read(async ({ events, sessions }) => ({
    head: await events.head(),
    rows: await sessions.listByCandidates(watch.candidateKeys),
  }));
  const visible = rows.filter((row) => canSee(recruiter, row) && watch.matches(row));
  await audit.recordSeen(recruiter, visible);
  attention.markViewed(visible.map(({ candidate_key }) => candidate_key));
  return {
    sessions: visible.map((row) => toSessionFor(recruiter, row)),
    cursor: `${store.epoch}.${head}`,
    viewer: rightsFingerprint(recruiter, store.pepper),
    denied: candidates.filter((row) => !canWatch(recruiter, row)),
  };
}

/** @throws Forbidden */
export function assertCanRead({ scope }: Recruiter): void {
  if (scope.has('read')) return;
  throw new Forbidden('Your sign-in does not let you see assessments. Ask your IT team for the scope "read".');
}

/**
 * Answers one session's row.
 * @throws NotFound also where the recruiter may not see it, so that nobody can probe what exists.
 */
export async function getVisibleSession(store: Store, recruiter: Recruiter, sessionUuid: string): Promise<SessionRow> {
  assertCanRead(recruiter);
  const row = await store.read(({ sessions }) => sessions.get(sessionUuid));
  if (!row || !canSee(recruiter, row))
    throw new NotFound('There is no such assessment, or you have no permission to see it. Ask your IT team.');
  return row;
}

/** @throws what `visibleSession` throws. */
export async function getSession(
  { store, audit, viewedCandidates: attention }: QueryOptions,
  recruiter: Recruiter,
  sessionUuid: string,
): Promise<Session> {
  const row = await getVisibleSession(store, recruiter, sessionUuid);
  await audit.recordSeen(recruiter, [row]);
  attention.markViewed([row.candidate_key]);
  return toSessionFor(recruiter, row);
}
