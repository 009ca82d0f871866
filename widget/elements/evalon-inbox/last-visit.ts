/**
 * When the recruiter looked last, in this browser: what came later is new. A visit lasts until nothing was in sight for ten
 * minutes, in whichever tab, so that what is new stays marked while somebody reads, opens a candidate and comes back.
 * Kept are the proxy's own times, and of whom is no word.
 */
import type { Clock } from '../../util/clock.ts';

/** Milliseconds out of sight that end a visit. */
const GAP = 10 * 60_000;

interface Visit {
  /** What came later than this is new in this visit, */
  since: string;
  /** and later than this in the next one. */
  upTo: string;
  /** When the inbox was in sight last. */
  at: number;
}

/** Where the browser keeps nothing for us, it is kept as long as the page is there. */
const kept = new Map<string, string>();

export class LastVisit {
  /** News later than this are new in this visit. */
  unreadSince: string;
  /** Where the browser keeps it. */
  readonly storageKey: string;
  readonly #clock: Clock;

  /** @param newest time of the newest news: in the first visit of all, that and what came before is not new. */
  constructor(viewer: string, newest: string, clock: Clock) {
    this.storageKey = `evalon-inbox ${viewer}`;
    this.#clock = clock;
    this.unreadSince = newest;
    this.resume();
  }

  /** A new visit begins, or the one under way goes on: the inbox comes into sight, here or in another tab. */
  resume(): void {
    const last = this.#read();
    if (last) this.unreadSince = this.#clock.now() - last.at > GAP ? last.upTo : last.since;
  }

  /** The inbox is in sight, and with it all news up to the newest. */
  markSeen(newest: string): void {
    const upTo = [this.#read()?.upTo ?? '', newest].sort()[1] ?? newest;
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

  #readStorage(): string | null | undefined {
    try {
      return localStorage.getItem(this.storageKey) ?? kept.get(this.storageKey);
    } catch {
      return kept.get(this.storageKey);
    }
  }

  #write(visit: string): void {
    kept.set(this.storageKey, visit);
    try {
      localStorage.setItem(this.storageKey, visit);
    } catch {
      // Then it ends with the page.
    }
  }
}
