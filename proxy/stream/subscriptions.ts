/**
 * Who watches what: an index from candidate, batch or filter to watchers, so that an event costs its watchers and not the
 * streams. Each name is held once for all of them, and a watcher holds no more than references.
 */
import { toCandidateKey } from '../contract/candidate.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import type { EventFilter } from '../store/events.ts';
import type { EventRow } from '../store/schema.ts';

/** All sessions; only those of a project, only what a recruiter (`owner`) has invited, or both, where that is there. */
export interface StreamFilter {
  project_id?: string;
  owner?: string;
}

/** What a stream is about. */
export interface SubscriptionRequest {
  candidates: readonly WatchedCandidate[];
  filters?: readonly StreamFilter[];
  /** Their ids. */
  batches: readonly string[];
}

/** One thing to watch: a candidate or what stands for a batch, or a reach. There are more of them than of streams. */
interface Topic<W> {
  readonly name: string;
  readonly about: string | StreamFilter;
  readonly watchers: Set<W>;
}

type RoutingKey = Pick<EventRow, 'type' | 'topic' | 'project_id' | 'owner'>;

export class SubscriptionIndex<W> {
  readonly #topics = new Map<string, Topic<W>>();
  /** How many topics are about each candidate. */
  readonly #topicsByCandidate = new Map<string, number>();

  /** Makes the watcher one of all that; a row without a project makes others of the same person superfluous. */
  add(watcher: W, { candidates, filters: reaches = [], batches }: SubscriptionRequest): Topic<W>[] {
    const everywhere = new Set<string>();
    for (const row of candidates) if (row.project_id === undefined) everywhere.add(toCandidateKey(row.candidate_email));
    const own = new Set<Topic<W>>();
    for (const { candidate_email, project_id } of candidates) {
      const key = toCandidateKey(candidate_email);
      own.add(this.#getOrCreate(candidateTopicName(key, everywhere.has(key) ? undefined : project_id), key));
    }
    for (const id of batches) own.add(this.#getOrCreate(batchTopicName(id), id));
    for (const reach of reaches) own.add(this.#getOrCreate(filterTopicName(reach), reach));
    for (const topic of own) topic.watchers.add(watcher);
    return [...own];
  }

  /** Whether anybody watches this candidate by name, in whichever project. */
  hasCandidate(candidateKey: string): boolean {
    return this.#topicsByCandidate.has(candidateKey);
  }

  /** Once it is removed, another time does nothing: a topic of the same name may be somebody else's by then. */
  remove(watcher: W, topics: readonly Topic<W>[]): void {
    for (const { name, about, watchers } of topics) {
      if (!watchers.delete(watcher) || watchers.size) continue;
      this.#topics.delete(name);
      this.#adjustCount(about, -1);
    }
  }

  /** Everybody whom it concerns, each once. */
  findSubscribers(occasion: RoutingKey): W[] {
    const [topic, ...others] = topicsOf(occasion).flatMap((name) => this.#topics.get(name) ?? []);
    const watchers = [...(topic?.watchers ?? [])];
    if (!others.length) return watchers;
    return [...new Set(watchers.concat(others.flatMap((other) => [...other.watchers])))];
  }

  isSubscribed(watcher: W, occasion: RoutingKey): boolean {
    return topicsOf(occasion).some((name) => this.#topics.get(name)?.watchers.has(watcher));
  }

  #getOrCreate(name: string, about: Topic<W>['about']): Topic<W> {
    const known = this.#topics.get(name);
    if (known) return known;
    const topic = { name, about, watchers: new Set<W>() };
    this.#topics.set(name, topic);
    this.#adjustCount(about, 1);
    return topic;
  }

  #adjustCount(about: Topic<W>['about'], more: number): void {
    if (typeof about !== 'string') return;
    const count = (this.#topicsByCandidate.get(about) ?? 0) + more;
    if (count) this.#topicsByCandidate.set(about, count);
    else this.#topicsByCandidate.delete(about);
  }
}

/** Where the log has what these topics are about: undefined is all of it. */
export function toLogSlices(topics: readonly Pick<Topic<unknown>, 'about'>[]): (EventFilter | undefined)[] {
  const keys = new Set<string>();
  const owners = new Set<string>();
  const project_ids = new Set<string>();
  for (const { about } of topics) {
    if (typeof about === 'string') keys.add(about);
    else if (about.owner !== undefined) owners.add(about.owner);
    else if (about.project_id !== undefined) project_ids.add(about.project_id);
    else return [undefined];
  }
  return [
    ...(keys.size ? [{ topics: [...keys] }] : []),
    ...(project_ids.size ? [{ project_ids: [...project_ids] }] : []),
    ...[...owners].map((owner) => ({ owner })),
  ];
}

/** Everything that an occasion is watched by. Batches are their makers' alone, and an erased entry says nothing. */
function topicsOf({ type, topic, project_id, owner }: RoutingKey): string[] {
  if (type === 'erased') return [];
  if (type === 'batch') return [batchTopicName(topic)];
  const names = [topic, candidateTopicName(topic, project_id), filterTopicName({}), filterTopicName({ project_id })];
  return owner === null ? names : [...names, filterTopicName({ owner }), filterTopicName({ owner, project_id })];
}

function batchTopicName(batchId: string): string {
  return `batch ${batchId}`;
}

/** No address has a space in it, and what stands for a batch or a reach begins like none. */
function candidateTopicName(candidateKey: string, projectId: string | undefined): string {
  return projectId === undefined ? candidateKey : `${candidateKey} ${projectId}`;
}

function filterTopicName({
  project_id = null,
  owner = null,
}: {
  project_id?: string | null;
  owner?: string | null;
}): string {
  return `reach ${JSON.stringify([project_id, owner])}`;
}
