/**
 * Who watches what: an index from candidate or batch to watchers, so that an event costs its watchers and not the
 * streams. Each name is held once for all of them, and a watcher holds no more than references.
 */
import { candidateKey } from '../contract/candidate.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import { batchTopic } from '../store/events.ts';

/** What a stream is about. */
export interface Watched {
  candidates: readonly WatchedCandidate[];
  /** Their ids. */
  batches: readonly string[];
}

/** A candidate, or what stands for one where it is about a batch, in one project where `project_id` is there, else in all. */
interface Topic<W> {
  readonly candidate_key: string;
  readonly project_id: string | undefined;
  readonly watchers: Set<W>;
}

interface Occasion {
  candidate_key: string;
  project_id: string;
}

export class Topics<W> {
  readonly #topics = new Map<string, Topic<W>>();
  /** How many topics are about each candidate. */
  readonly #counts = new Map<string, number>();

  /** Makes the watcher one of all that; a row without a project makes others of the same person superfluous. */
  add(watcher: W, { candidates, batches }: Watched): Topic<W>[] {
    const everywhere = new Set<string>();
    for (const row of candidates) if (row.project_id === undefined) everywhere.add(candidateKey(row.candidate_email));
    const own = new Set<Topic<W>>();
    for (const { candidate_email, project_id } of candidates) {
      const key = candidateKey(candidate_email);
      own.add(this.#of(key, everywhere.has(key) ? undefined : project_id));
    }
    for (const id of batches) own.add(this.#of(batchTopic(id), undefined));
    for (const topic of own) topic.watchers.add(watcher);
    return [...own];
  }

  /** Whether anybody watches this candidate, in whichever project. */
  has(candidateKey: string): boolean {
    return this.#counts.has(candidateKey);
  }

  /** Once it is removed, another time does nothing: a topic of the same name may be somebody else's by then. */
  remove(watcher: W, topics: readonly Topic<W>[]): void {
    for (const { candidate_key, project_id, watchers } of topics) {
      if (!watchers.delete(watcher) || watchers.size) continue;
      this.#topics.delete(nameOf(candidate_key, project_id));
      this.#count(candidate_key, -1);
    }
  }

  /** Everybody whom it concerns, each once. */
  watchersOf({ candidate_key, project_id }: Occasion): W[] {
    return [candidate_key, nameOf(candidate_key, project_id)].flatMap((name) => [
      ...(this.#topics.get(name)?.watchers ?? []),
    ]);
  }

  concerns(watcher: W, { candidate_key, project_id }: Occasion): boolean {
    const has = (name: string) => this.#topics.get(name)?.watchers.has(watcher) ?? false;
    return has(candidate_key) || has(nameOf(candidate_key, project_id));
  }

  #of(candidate_key: string, project_id: string | undefined): Topic<W> {
    const name = nameOf(candidate_key, project_id);
    const known = this.#topics.get(name);
    if (known) return known;
    const topic = { candidate_key, project_id, watchers: new Set<W>() };
    this.#topics.set(name, topic);
    this.#count(candidate_key, 1);
    return topic;
  }

  #count(candidateKey: string, more: number): void {
    const count = (this.#counts.get(candidateKey) ?? 0) + more;
    if (count) this.#counts.set(candidateKey, count);
    else this.#counts.delete(candidateKey);
  }
}

/** No address has a space in it, and what stands for a batch begins like none. */
function nameOf(candidateKey: string, projectId: string | undefined): string {
  return projectId === undefined ? candidateKey : `${candidateKey} ${projectId}`;
}
