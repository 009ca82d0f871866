/** Who is on this page's screen, what is known of them, and which elements want to hear about it. */
import { toCandidateKey } from '../../proxy/contract/candidate.ts';
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { STATUS_RANK } from '../../proxy/contract/status.ts';
import type { Session } from '../api/parse.ts';

/** One watched candidate, in one project or in all. */
export class Subscription {
  declare readonly key: string;
  declare readonly candidate: WatchedCandidate;
  /** With each, whether whoever listens is in sight. */
  readonly listeners = new Map<() => void, () => boolean>();
  /** An answer was had at least once under the present rights. */
  isLoaded = false;
  /** Nothing was missed since the last answer. */
  isFresh = false;
  /** The recruiter may not see this candidate. */
  isDenied = false;
  readonly sessions = new Map<string, Session>();

  constructor(candidate: WatchedCandidate) {
    this.key = watchKey(candidate);
    this.candidate = candidate;
  }

  /** Takes a session in, unless what is held is newer: a session never goes back. Says whether it did. */
  apply(session: Session): boolean {
    const held = this.sessions.get(session.session_uuid);
    if (held && isOlder(session, held)) return false;
    this.sessions.set(session.session_uuid, session);
    return true;
  }

  notify(): void {
    for (const listener of [...this.listeners.keys()]) listener();
  }
}

export class Subscriptions {
  readonly #rows = new Map<string, Subscription>();

  /** Adds a listener for a candidate; returns the removal. */
  add(candidate: WatchedCandidate, listener: () => void, isInSight: () => boolean): () => void {
    const row = this.get(candidate) ?? new Subscription(candidate);
    this.#rows.set(row.key, row);
    row.listeners.set(listener, isInSight);
    return () => row.listeners.delete(listener);
  }

  get(candidate: WatchedCandidate): Subscription | undefined {
    return this.#rows.get(watchKey(candidate));
  }

  /** All rows; those that nobody listens to any more are forgotten, with all that is known of them. */
  getActive(): Subscription[] {
    for (const [key, row] of this.#rows) if (!row.listeners.size) this.#rows.delete(key);
    return [...this.#rows.values()];
  }

  /** Gives a session to the rows it shows up in: the one for its project, and the one for all. */
  apply(session: Session): void {
    for (const candidate of [session, { candidate_email: session.candidate_email }]) {
      const row = this.get(candidate);
      if (row?.apply(session)) row.notify();
    }
  }
}

/** As many rows as fit, those in sight first. */
export function prioritise(rows: Subscription[], most: number): Subscription[] {
  if (rows.length <= most) return rows;
  const inSight = new Set(rows.filter(({ listeners }) => [...listeners.values()].some((isInSight) => isInSight())));
  return [...inSight, ...rows.filter((row) => !inSight.has(row))].slice(0, most);
}

/** One word for one watched candidate, whatever the letter case of the email. */
export function watchKey({ candidate_email, project_id }: WatchedCandidate): string {
  return `${toCandidateKey(candidate_email)}\n${project_id ?? ''}`;
}

/** A higher rank is always news, a lower one never; between equals, and with a status not known here, time decides (the proxy's times are UTC, and so compare as text). */
export function isOlder(session: Session, held: Session): boolean {
  const difference = getStatusRank(session.status) - getStatusRank(held.status);
  return difference ? difference < 0 : session.updated_at < held.updated_at;
}

/** NaN for a status that is not known here. */
export function getStatusRank(status: string): number {
  return Object.hasOwn(STATUS_RANK, status) ? STATUS_RANK[status as keyof typeof STATUS_RANK] : Number.NaN;
}
