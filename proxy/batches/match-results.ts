/**
 * Which entry of a batch answer is whose. The order is only assumed, so a name that an entry carries counts before its
 * place, and nothing is handed to a person of whom it is doubtful: whoever is left without is asked for again.
 */
import { toCandidateKey } from '../contract/candidate.ts';
import type { BatchResult } from '../evalon/schemas.ts';

interface RequestedCandidate {
  candidate_key: string;
  project_id: string;
}

/** Answers an entry for each person asked for, all of one project, or undefined where none is certainly theirs. */
export function matchBatchResults(
  asked: readonly RequestedCandidate[],
  items: readonly BatchResult[],
): (BatchResult | undefined)[] {
  const placeOf = new Map(asked.map(({ candidate_key }, place) => [candidate_key, place]));
  const claims: BatchResult[][] = asked.map(() => []);
  const isStrange = ({ project_id }: BatchResult, place: number) =>
    project_id !== undefined && project_id !== asked[place]?.project_id;
  let inOrder = items.length === asked.length;
  for (const [at, item] of items.entries()) {
    if (item.candidate_email === undefined) {
      inOrder &&= !isStrange(item, at);
      continue;
    }
    const place = placeOf.get(toCandidateKey(item.candidate_email));
    inOrder &&= place === at;
    if (place !== undefined && !isStrange(item, place)) claims[place]?.push(item);
  }
  if (inOrder) {
    for (const [at, item] of items.entries()) if (item.candidate_email === undefined) claims[at]?.push(item);
  }

  const matched = claims.map((claim) => (claim.length === 1 ? claim[0] : undefined));
  const seen = new Map<string, number>();
  for (const item of matched) {
    if (item?.session) seen.set(item.session.session_uuid, (seen.get(item.session.session_uuid) ?? 0) + 1);
  }
  return matched.map((item) => (item?.session && seen.get(item.session.session_uuid) !== 1 ? undefined : item));
}
