/** The rows that a page shows, as what a session or an event is held against. */
import { toCandidateKey } from '../contract/candidate.ts';
import type { WatchedCandidate } from '../contract/session.ts';

export interface CandidateFilter {
  /** Keys of the candidates, each once. */
  candidateKeys: string[];
  /** Whether one of the rows is about this person in this project. */
  matches(of: { candidate_key: string; project_id: string }): boolean;
}

/** A row without a project is about the person in all of them. */
export function createCandidateFilter(rows: readonly WatchedCandidate[]): CandidateFilter {
  const projectsOf = new Map<string, Set<string | undefined>>();
  for (const { candidate_email, project_id } of rows) {
    const key = toCandidateKey(candidate_email);
    projectsOf.set(key, (projectsOf.get(key) ?? new Set()).add(project_id));
  }
  return {
    candidateKeys: [...projectsOf.keys()],
    matches({ candidate_key, project_id }) {
      const projects = projectsOf.get(candidate_key);
      return Boolean(projects?.has(undefined) || projects?.has(project_id));
    },
  };
}
