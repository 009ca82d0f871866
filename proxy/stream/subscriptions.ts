/**
 * Who watches what: an index from candidate, batch or filter to watchers, so that an event costs its watchers and not the
 * streams. Each name is held once for all of them, and a watcher holds no more than references.
 */
import { candidateKey } from '../contract/candidate.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import { batchTopic, ERASED, isBatchTopic, type Slice } from '../store/events.ts';

/** All sessions; only those of a project, only what a recruiter (`owner`) has invited, or both, where that is there. */
export interface Reach {
  project_id?: string;
  owner?: string;
}

/** What a stream is about. */
export interface Watched {
  candidates: readonly WatchedCandidate[];
  reaches?: readonly Reach[];
  /** Their ids. */
  batches: readonly string[];
}

/** One thing to watch: a candidate or what stands for a batch, or a reach. There are more of them than of streams. */
interface Topic<W> {
  readonly name: string;
  readonly about: string | Reach;
  readonly watchers: Set<W>;
}

interface Occasion {
  candidate_key: string;
  project_id: string;
  owner: string | null;
}

export class Topics<W> {
  readonly #topics = new Map<string, Topic<W>>();
  /** How many topics are about each candidate. */
  readonly #counts = new Map<string, number>();

  /** Makes the watcher one of all that; a row without a project makes others of the same person superfluous. */
  add(watcher: W, { candidates, reaches = [], batches }: Watched): Topic<W>[] {
    const everywhere = new Set<string>();
    for (const row of candidates) if (row.project_id === undefined) everywhere.add(candidateKey(row.candidate_email));
    const own = new Set<Topic<W>>();
    for (const { candidate_email, project_id } of candidates) {
      const key = candidateKey(candidate_email);
      own.add(this.#of(nameOf(key, everywhere.has(key) ? undefined : project_id), key));
    }
    for (const id of batches) own.add(this.#of(batchTopic(id), batchTopic(id)));
    for (const reach of reaches) own.add(this.#of(nameOfReach(reach), reach));
    for (const topic of own) topic.watchers.add(watcher);
    return [...own];
  }

  /** Whether anybody watches this candidate by name, in whichever project. */
  has(candidateKey: string): boolean {
    return this.#counts.has(candidateKey);
  }

  /** Once it is removed, another time does nothing: a topic of the same name may be somebody else's by then. */
  remove(watcher: W, topics: readonly Topic<W>[]): void {
    for (const { name, about, watchers } of topics) {
      if (!watchers.delete(watcher) || watchers.size) continue;
      this.#topics.delete(name);
      this.#count(about, -1);
    }
  }

  /** Everybody whom it concerns, each once. */
  watchersOf(occasion: Occasion): W[] {
    const [topic, ...others] = namesFor(occasion).flatMap((name) => this.#topics.get(name) ?? []);
    const watchers = [...(topic?.watchers ?? [])];
    if (!others.length) return watchers;
    return [...new Set(watchers.concat(others.flatMap((other) => [...other.watchers])))];
  }

  concerns(watcher: W, occasion: Occasion): boolean {
    return namesFor(occasion).some((name) => this.#topics.get(name)?.watchers.has(watcher));
  }

  #of(name: string, about: Topic<W>['about']): Topic<W> {
    const known = this.#topics.get(name);
    if (known) return known;
    const topic = { name, about, watchers: new Set<W>() };
    this.#topics.set(name, topic);
    this.#count(about, 1);
    return topic;
  }

  #count(about: Topic<W>['about'], more: number): void {
    if (typeof about !== 'string') return;
    const count = (this.#counts.get(about) ?? 0) + more;
    if (count) this.#counts.set(about, count);
    else this.#counts.delete(about);
  }
}

/** Where the log has what these topics are about: undefined is all of it. */
export function slicesOf(topics: readonly Pick<Topic<unknown>, 'about'>[]): (Slice | undefined)[] {
  const candidate_keys = new Set<string>();
  const owners = new Set<string>();
  const project_ids = new Set<string>();
  for (const { about } of topics) {
    if (typeof about === 'string') candidate_keys.add(about);
    else if (about.owner !== undefined) owners.add(about.owner);
    else if (about.project_id !== undefined) project_ids.add(about.project_id);
    else return [undefined];
  }
  return [
    ...(candidate_keys.size ? [{ candidate_keys: [...candidate_keys] }] : []),
    ...(project_ids.size ? [{ project_ids: [...project_ids] }] : []),
    ...[...owners].map((owner) => ({ owner })),
  ];
}

/** Everything that an occasion is watched by. Batches are their makers' alone, and an erased entry says nothing. */
function namesFor({ candidate_key, project_id, owner }: Occasion): string[] {
  if (candidate_key === ERASED) return [];
  if (isBatchTopic(candidate_key)) return [candidate_key];
  const names = [candidate_key, nameOf(candidate_key, project_id), nameOfReach({}), nameOfReach({ project_id })];
  return owner === null ? names : [...names, nameOfReach({ owner }), nameOfReach({ owner, project_id })];
}

/** No address has a space in it, and what stands for a batch or a reach begins like none. */
function nameOf(candidateKey: string, projectId: string | undefined): string {
  return projectId === undefined ? candidateKey : `${candidateKey} ${projectId}`;
}

function nameOfReach({
  project_id = null,
  owner = null,
}: {
  project_id?: string | null;
  owner?: string | null;
}): string {
  return `reach ${JSON.stringify([project_id, owner])}`;
}
