/**
 * Stores when the recruiter last visited the inbox in this browser. A visit ends when no tab has shown the inbox for
 * ten minutes. New results then stay marked while the recruiter opens a candidate and returns. The stored value
 * contains only times, and no candidate data.
 */
import type { Clock } from '../../util/clock.ts';

const VISIT_GAP_MS = 10 * 60_000;

interface Visit {
  /** Results after this time are new in this visit. */
  since: string;
  /** Results after this time are new in the next visit. */
  upTo: string;
  /** When the inbox was last visible, in milliseconds since 1970. */
  at: number;
}

/** The visits of this page, used if the browser blocks storage. */
const fallbackStorage = new Map<string, string>();

export class LastVisit {
  /** Results after this time are new. */
  unreadSince: string;
  readonly storageKey: string;
  readonly #clock: Clock;

  /** @param newestTime On the recruiter's first visit, only results after this time are new. */
  constructor(viewer: string, newestTime: string, clock: Clock) {
    this.storageKey = `evalon-inbox ${viewer}`;
    this.#clock = clock;
    this.unreadSince = newestTime;
    this.resume();
  }

  /** Continues the current visit or starts a new one. Call it when the inbox becomes visible in any tab. */
  resume(): void {
    const visit = this.#read();
    if (visit) this.unreadSince = this.#clock.now() - visit.at > VISIT_GAP_MS ? visit.upTo : visit.since;
  }

  /** Records that the recruiter has seen everything up to `newestTime`. */
  markSeen(newestTime: string): void {
    const previousUpTo = this.#read()?.upTo ?? '';
    const upTo = previousUpTo > newestTime ? previousUpTo : newestTime;
    this.#write(JSON.stringify({ since: this.unreadSince, upTo, at: this.#clock.now() } satisfies Visit));
  }

  #read(): Visit | undefined {
    try {
      const { since, upTo, at } = JSON.parse(this.#readStorage() ?? '') as Partial<Visit>;
      return typeof since === 'string' && typeof upTo === 'string' ? { since, upTo, at: Number(at) || 0 } : undefined;
    } catch {
      return undefined;
    }
  }

  #readStorage(): string | undefined {
    try {
      return localStorage.getItem(this.storageKey) ?? fallbackStorage.get(this.storageKey);
    } catch {
      return fallbackStorage.get(this.storageKey);
    }
  }

  #write(visit: string): void {
    fallbackStorage.set(this.storageKey, visit);
    try {
      localStorage.setItem(this.storageKey, visit);
    } catch {
      // The visit is then forgotten when the page closes.
    }
  }
}
