/** The candidates that the page's elements show, with their sessions. */
import { toCandidateKey } from '../../proxy/contract/candidate.ts';
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import type { Session } from '../api/parse.ts';

/** A candidate in one project, or in all projects. */
export class Subscription {
  readonly key: string;
  readonly candidate: WatchedCandidate;
  /** Each element's listener, with a function that returns whether the element is in the viewport. */
  readonly listeners = new Map<() => void, () => boolean>();
  /** Whether the sessions were read with the current rights. */
  isLoaded = false;
  /** False if an event may have been lost since the sessions were read. The sessions must then be reread. */
  isFresh = false;
  /** Whether the recruiter has no permission to see this candidate. */
  isDenied = false;
  readonly sessions = new Map<string, Session>();

  constructor(candidate: WatchedCandidate) {
    this.key = watchKey(candidate);
    this.candidate = candidate;
  }

  /** Stores a session, unless a newer version is stored. Returns whether the session was stored. */
  apply(session: Session): boolean {
    const stored = this.sessions.get(session.session_uuid);
    if (stored && isOlder(session, stored)) return false;
    this.sessions.set(session.session_uuid, session);
    return true;
  }

  notify(): void {
    for (const listener of [...this.listeners.keys()]) listener();
  }
}

export class Subscriptions {
  readonly #subscriptions = new Map<string, Subscription>();

  /** Returns the function that removes the listener. */
  add(candidate: WatchedCandidate, listener: () => void, isInViewport: () => boolean): () => void {
    const subscription = this.get(candidate) ?? new Subscription(candidate);
    this.#subscriptions.set(subscription.key, subscription);
    subscription.listeners.set(listener, isInViewport);
    return () => subscription.listeners.delete(listener);
  }

  get(candidate: WatchedCandidate): Subscription | undefined {
    return this.#subscriptions.get(watchKey(candidate));
  }

  /** Returns the subscriptions with a listener, and removes the others. */
  getActive(): Subscription[] {
    for (const [key, { listeners }] of this.#subscriptions) if (!listeners.size) this.#subscriptions.delete(key);
    return [...this.#subscriptions.values()];
  }

  /** Stores a session in the subscription for its project and in the one for all projects. */
  apply(session: Session): void {
    for (const candidate of [session, { candidate_email: session.candidate_email }]) {
      const subscription = this.get(candidate);
      if (subscription?.apply(session)) subscription.notify();
    }
  }
}

/** Returns at most `limit` subscriptions, those in the viewport first. */
export function prioritize(subscriptions: Subscription[], limit: number): Subscription[] {
  if (subscriptions.length <= limit) return subscriptions;
  const inViewport = new Set(
    subscriptions.filter(({ listeners }) => [...listeners.values()].some((isInViewport) => isInViewport())),
  );
  return [...inViewport, ...subscriptions.filter((subscription) => !inViewport.has(subscription))].slice(0, limit);
}

/**
 * Orders sessions by time, and those with equal times by id, so that the order is always the same.
 * @param direction 1: the oldest first. -1: the newest first.
 */
export function compareBy(getTime: (session: Session) => string, direction: 1 | -1) {
  const compare = (a: string, b: string) => (a < b ? -1 : +(a > b));
  return (a: Session, b: Session) =>
    direction * compare(getTime(a), getTime(b)) || compare(a.session_uuid, b.session_uuid);
}

/** Identifies a candidate in a project. Ignores the letter case of the email. */
export function watchKey({ candidate_email, project_id }: WatchedCandidate): string {
  return `${toCandidateKey(candidate_email)}\n${project_id ?? ''}`;
}

/**
 * Whether `session` is an older version than `stored`. A status never returns to a lower rank, except that a new invite
 * may reopen an ended session. If the ranks are equal or unknown to this version, the time decides.
 */
export function isOlder(session: Session, stored: Session): boolean {
  const rankDifference = getStatusRank(session.status) - getStatusRank(stored.status);
  const isReopened = getStatusRank(stored.status) === STATUS_RANK.expired && session.updated_at > stored.updated_at;
  return rankDifference && !isReopened ? rankDifference < 0 : getVersion(session) < getVersion(stored);
}

/** Returns a text that sorts by time: the proxy's times are UTC. A handover or a write into the ATS makes it newer. */
function getVersion({ updated_at, handed_over, ats_writes }: Session): string {
  return updated_at + (handed_over?.at ?? '') + ats_writes?.map(({ at }) => at);
}

/** Returns NaN for a status unknown to this version. */
export function getStatusRank(status: string): number {
  return Object.hasOwn(STATUS_RANK, status) ? STATUS_RANK[status as keyof typeof STATUS_RANK] : Number.NaN;
}
