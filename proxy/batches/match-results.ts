/**
 * Matches a batch call's results to the requested candidates. Only an email or a stored session id identifies a
 * candidate; the position of a result does not. The worker individually invites each candidate without a match.
 */
import { toCandidateKey } from '../contract/candidate.ts';
import type { BatchResult } from '../evalon/parse-session.ts';

interface RequestedCandidate {
  candidate_key: string;
  project_id: string;
}

/**
 * Returns an entry for each candidate: the result, or undefined if none certainly belongs to the candidate.
 * @param requested candidates of one project.
 * @param storedSessions the stored sessions among the results, by id.
 */
export function matchBatchResults(
  requested: readonly RequestedCandidate[],
  results: readonly BatchResult[],
  storedSessions: ReadonlyMap<string, RequestedCandidate>,
): (BatchResult | undefined)[] {
  const positions = new Map(requested.map(({ candidate_key }, position) => [candidate_key, position]));
  const idCounts = countEach(results.map(({ session }) => session?.session_uuid));
  const linkCounts = countEach(results.map(({ session }) => session?.candidate_url));

  function findPosition({ candidate_email, project_id, session }: BatchResult): number | undefined {
    const storedSession = session && storedSessions.get(session.session_uuid);
    const key = candidate_email === undefined ? storedSession?.candidate_key : toCandidateKey(candidate_email);
    const position = key === undefined ? undefined : positions.get(key);
    const candidate = position === undefined ? undefined : requested[position];
    if (!candidate || (project_id !== undefined && project_id !== candidate.project_id)) return undefined;
    return !storedSession || isSameCandidate(storedSession, candidate) ? position : undefined;
  }

  const matches: BatchResult[][] = requested.map(() => []);
  for (const result of results) {
    const position = findPosition(result);
    if (position !== undefined) matches[position]?.push(result);
  }
  // A match is not certain if a candidate has two results, or if two results have the same session or link.
  const isUnique = ({ session }: BatchResult) =>
    !session ||
    (idCounts.get(session.session_uuid) === 1 &&
      (session.candidate_url === undefined || linkCounts.get(session.candidate_url) === 1));
  return matches.map(([result, ...others]) => (result && !others.length && isUnique(result) ? result : undefined));
}

function isSameCandidate(one: RequestedCandidate, other: RequestedCandidate): boolean {
  return one.candidate_key === other.candidate_key && one.project_id === other.project_id;
}

function countEach(values: readonly (string | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
