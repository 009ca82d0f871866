/**
 * Matches the results of a batch call to the requested candidates. Evalon's order is only an assumption, so an email
 * has precedence over a position. The function ignores a result that matches no candidate, or several.
 */
import { toCandidateKey } from '../contract/candidate.ts';
import type { BatchResult } from '../evalon/parse-session.ts';

interface RequestedCandidate {
  candidate_key: string;
  project_id: string;
}

/**
 * Returns each candidate's result, or undefined if no result certainly belongs to the candidate.
 * @param requested candidates of one project.
 */
export function matchBatchResults(
  requested: readonly RequestedCandidate[],
  results: readonly BatchResult[],
): (BatchResult | undefined)[] {
  const positions = new Map(requested.map(({ candidate_key }, position) => [candidate_key, position]));
  const isOtherProject = ({ project_id }: BatchResult, position: number) =>
    project_id !== undefined && project_id !== requested[position]?.project_id;

  const resultsByPosition: BatchResult[][] = requested.map(() => []);
  const withoutEmail: [position: number, result: BatchResult][] = [];
  let isInOrder = results.length === requested.length;
  for (const [index, result] of results.entries()) {
    if (result.candidate_email === undefined) {
      isInOrder &&= !isOtherProject(result, index);
      withoutEmail.push([index, result]);
      continue;
    }
    const position = positions.get(toCandidateKey(result.candidate_email));
    isInOrder &&= position === index;
    if (position !== undefined && !isOtherProject(result, position)) resultsByPosition[position]?.push(result);
  }
  if (isInOrder) for (const [index, result] of withoutEmail) resultsByPosition[index]?.push(result);

  const matched = resultsByPosition.map((found) => (found.length === 1 ? found[0] : undefined));
  const useCounts = new Map<string, number>();
  for (const result of matched) {
    if (result?.session)
      useCounts.set(result.session.session_uuid, (useCounts.get(result.session.session_uuid) ?? 0) + 1);
  }
  return matched.map((result) =>
    result?.session && useCounts.get(result.session.session_uuid) !== 1 ? undefined : result,
  );
}
