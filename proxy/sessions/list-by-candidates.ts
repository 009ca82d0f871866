/** Lists the sessions of the candidates on a page. A stream that starts at the returned cursor misses no event. */
import { canSee, canSeeCandidate, canSeeProject, hashRights, type Recruiter } from '../auth/recruiter.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import type { SessionQueryResponse } from '../contract/list.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import type { ReadSessionOptions } from './get-session.ts';
import { toSessionFor } from './session.ts';

/** Whether the recruiter may query and stream this candidate. */
export function canWatch(recruiter: Recruiter, { candidate_email, project_id }: WatchedCandidate): boolean {
  return (
    recruiter.scope.has('read') &&
    canSeeCandidate(recruiter, toCandidateKey(candidate_email)) &&
    (project_id === undefined || canSeeProject(recruiter, project_id))
  );
}

export async function listSessionsByCandidates(
  { store, audit, viewedCandidates }: ReadSessionOptions,
  recruiter: Recruiter,
  candidates: readonly WatchedCandidate[],
): Promise<SessionQueryResponse> {
  const requested = new Set<string>();
  const candidateKeys = new Set<string>();
  for (const candidate of candidates) {
    if (!canWatch(recruiter, candidate)) continue;
    const key = toCandidateKey(candidate.candidate_email);
    candidateKeys.add(key);
    requested.add(joinKey(key, candidate.project_id));
  }
  const { newestSeq, rows } = await store.read(async ({ events, sessions }) => ({
    newestSeq: await events.getNewestSeq(),
    rows: await sessions.listByCandidates([...candidateKeys]),
  }));
  const visible = rows.filter(
    (row) =>
      canSee(recruiter, row) &&
      (requested.has(joinKey(row.candidate_key)) || requested.has(joinKey(row.candidate_key, row.project_id))),
  );
  await audit.recordSeen(recruiter, visible);
  viewedCandidates.markViewed(visible.map(({ candidate_key }) => candidate_key));
  return {
    sessions: visible.map((row) => toSessionFor(recruiter, row)),
    cursor: `${store.epoch}.${newestSeq}`,
    viewer: hashRights(recruiter, store.pepper),
    denied: candidates.filter((candidate) => !canWatch(recruiter, candidate)),
  };
}

/** Without a project, the key represents the candidate in all projects. */
function joinKey(candidateKey: string, projectId?: string): string {
  return JSON.stringify([candidateKey, projectId]);
}
