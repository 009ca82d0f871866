/**
 * Index of subscribers by topic. A topic is a candidate, a batch or a filter. The index finds the subscribers of an
 * event without a loop over all streams. Subscribers share topics, so a stream of many candidates needs little memory.
 */
import { toCandidateKey } from '../contract/candidate.ts';
import type { WatchedCandidate } from '../contract/session.ts';
import type { EventFilter } from '../store/events.ts';
import type { EventRow } from '../store/schema.ts';

/** Matches sessions that have all given values. Without fields, it matches all sessions. */
export interface StreamFilter {
  project_id?: string;
  /** The id (`toRecruiterId`) of the recruiter who invited. */
  inviter_id?: string;
}

export interface SubscriptionRequest {
  candidates: readonly WatchedCandidate[];
  filters?: readonly StreamFilter[];
  /** Batch ids. */
  batches: readonly string[];
}

/** What a topic is about. Exactly one of these fields is set. */
interface TopicSource {
  readonly candidateKey?: string;
  readonly batchId?: string;
  readonly filter?: StreamFilter;
}

export interface Topic<S> extends TopicSource {
  readonly name: string;
  readonly subscribers: Set<S>;
}

/** The fields that determine the subscribers of an event. */
export type EventRoute = Pick<EventRow, 'type' | 'topic' | 'project_id' | 'inviter_id'>;

export class SubscriptionIndex<S> {
  /** Hashes a candidate key, as the event of an erased session does. */
  readonly #hash: (candidateKey: string) => string;
  readonly #topics = new Map<string, Topic<S>>();
  /** Number of topics about each candidate, by candidate key. */
  readonly #candidateTopics = new Map<string, number>();

  constructor(hash: (candidateKey: string) => string) {
    this.#hash = hash;
  }

  add(subscriber: S, { candidates, filters = [], batches }: SubscriptionRequest): Topic<S>[] {
    const topics = new Set<Topic<S>>();
    for (const { candidate_email, project_id } of candidates) {
      const candidateKey = toCandidateKey(candidate_email);
      topics.add(this.#getOrCreate(candidateTopicName(this.#hash(candidateKey), project_id), { candidateKey }));
    }
    for (const batchId of batches) topics.add(this.#getOrCreate(batchTopicName(batchId), { batchId }));
    for (const filter of filters) topics.add(this.#getOrCreate(filterTopicName(filter), { filter }));
    for (const topic of topics) topic.subscribers.add(subscriber);
    return [...topics];
  }

  /** A second removal changes nothing, even if a newer topic has the same name. */
  remove(subscriber: S, topics: readonly Topic<S>[]): void {
    for (const { name, candidateKey, subscribers } of topics) {
      if (!subscribers.delete(subscriber) || subscribers.size) continue;
      this.#topics.delete(name);
      this.#countCandidateTopic(candidateKey, -1);
    }
  }

  /** Returns each subscriber once. */
  findSubscribers(event: EventRoute): ReadonlySet<S> {
    const subscriberSets = this.#topicNamesOf(event).flatMap((name) => this.#topics.get(name)?.subscribers ?? []);
    return subscriberSets.length === 1 && subscriberSets[0]
      ? subscriberSets[0]
      : new Set(subscriberSets.flatMap((match) => [...match]));
  }

  isSubscribed(subscriber: S, event: EventRoute): boolean {
    return this.#topicNamesOf(event).some((name) => this.#topics.get(name)?.subscribers.has(subscriber));
  }

  /** Whether a stream subscribes to this candidate, in any project. */
  hasCandidate(candidateKey: string): boolean {
    return this.#candidateTopics.has(candidateKey);
  }

  /** Returns the names of the event's topics. An event of a batch matches no filter. */
  #topicNamesOf({ type, topic, project_id, inviter_id }: EventRoute): string[] {
    if (type === 'batch') return [batchTopicName(topic)];
    const hash = type === 'erased' ? topic : this.#hash(topic);
    const names = [
      candidateTopicName(hash),
      candidateTopicName(hash, project_id),
      filterTopicName({}),
      filterTopicName({ project_id }),
    ];
    return inviter_id === null
      ? names
      : [...names, filterTopicName({ inviter_id }), filterTopicName({ inviter_id, project_id })];
  }

  #getOrCreate(name: string, source: TopicSource): Topic<S> {
    const existing = this.#topics.get(name);
    if (existing) return existing;
    const topic = { name, ...source, subscribers: new Set<S>() };
    this.#topics.set(name, topic);
    this.#countCandidateTopic(source.candidateKey, 1);
    return topic;
  }

  #countCandidateTopic(candidateKey: string | undefined, change: 1 | -1): void {
    if (candidateKey === undefined) return;
    const count = (this.#candidateTopics.get(candidateKey) ?? 0) + change;
    if (count) this.#candidateTopics.set(candidateKey, count);
    else this.#candidateTopics.delete(candidateKey);
  }
}

/** Returns the filters that select the topics' events from the event log. `undefined` selects the whole log. */
export function toEventFilters(
  topics: readonly TopicSource[],
  hash: (candidateKey: string) => string,
): (EventFilter | undefined)[] {
  const logTopics = new Set<string>();
  const inviterIds = new Set<string>();
  const projectIds = new Set<string>();
  for (const { candidateKey, batchId, filter } of topics) {
    // The topic of a session's event is the candidate key. The topic of an `erased` event is the key's hash.
    if (candidateKey !== undefined) logTopics.add(candidateKey).add(hash(candidateKey));
    else if (batchId !== undefined) logTopics.add(batchId);
    else if (filter?.inviter_id !== undefined) inviterIds.add(filter.inviter_id);
    else if (filter?.project_id !== undefined) projectIds.add(filter.project_id);
    else return [undefined];
  }
  return [
    ...(logTopics.size ? [{ topics: [...logTopics] }] : []),
    ...(projectIds.size ? [{ project_ids: [...projectIds] }] : []),
    ...[...inviterIds].map((inviter_id) => ({ inviter_id })),
  ];
}

function candidateTopicName(keyHash: string, projectId?: string): string {
  return projectId === undefined ? keyHash : `${keyHash} ${projectId}`;
}

function batchTopicName(batchId: string): string {
  return `batch ${batchId}`;
}

function filterTopicName({
  project_id = null,
  inviter_id = null,
}: {
  project_id?: string | null;
  inviter_id?: string | null;
}): string {
  return `filter ${JSON.stringify([project_id, inviter_id])}`;
}
