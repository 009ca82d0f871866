/**
 * Matches the results of a batch call to the requested candidates. The order of Evalon's results is only assumed, so an
 * email counts before the position, and a result that fits no candidate or several is not assigned.
 */
import { toCandidateKey } from '../contract/candidate.ts';
import type { BatchResult } from '../evalon/parse-session.ts';

interface RequestedCandidate {
  candidate_key: string;
  project_id: string;
}

/** Returns the result of each candidate, all of one project, or undefined if none is certain. */
export function matchBatchResults(
  requested: readonly RequestedCandidate[],
  results: readonly BatchResult[],
): (BatchResult | undefined)[] {
  const positions = new Map(requested.map(({ candidate_key }, position) => [candidate_key, position]));
  const isOtherProject = ({ project_id }: BatchResult, position: number) =>
    project_id !== undefined && project_id !== requested[position]?.project_id;

  const candidates: BatchResult[][] = requested.map(() => []);
  const unnamed: [position: number, result: BatchResult][] = [];
  let isInOrder = results.length === requested.length;
  for (const [index, result] of results.entries()) {
    if (result.candidate_email === undefined) {
      isInOrder &&= !isOtherProject(result, index);
      unnamed.push([index, result]);
      continue;
    }
    const position = positions.get(toCandidateKey(result.candidate_email));
    isInOrder &&= position === index;
    if (position !== undefined && !isOtherProject(result, position)) candidates[position]?.push(result);
  }
  if (isInOrder) for (const [index, result] of unnamed) candidates[index]?.push(result);

  const matched = candidates.map((found) => (found.length === 1 ? found[0] : undefined));
  const uses = new Map<string, number>();
  for (const result of matched) {
    if (result?.session) uses.set(result.session.session_uuid, (uses.get(result.session.session_uuid) ?? 0) + 1);
  }
  return matched.map((result) => (result?.session && uses.get(result.session.session_uuid) !== 1 ? undefined : result));
}
