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

export class Visits {
  /** News later than this are new in this visit. */
  since: string;
  /** Where the browser keeps it. */
  readonly key: string;
  readonly #clock: Clock;

  /** @param newest time of the newest news: in the first visit of all, that and what came before is not new. */
  constructor(viewer: string, newest: string, clock: Clock) {
    this.key = `evalon-inbox ${viewer}`;
    this.#clock = clock;
    this.since = newest;
    this.begin();
  }

  /** A new visit begins, or the one under way goes on: the inbox comes into sight, here or in another tab. */
  begin(): void {
    const last = this.#read();
    if (last) this.since = this.#clock.now() - last.at > GAP ? last.upTo : last.since;
  }

  /** The inbox is in sight, and with it all news up to the newest. */
  see(newest: string): void {
    const upTo = [this.#read()?.upTo ?? '', newest].sort()[1] ?? newest;
    this.#write(JSON.stringify({ since: this.since, upTo, at: this.#clock.now() } satisfies Visit));
  }

  #read(): Visit | undefined {
    try {
      const { since, upTo, at } = JSON.parse(this.#held() ?? '') as Partial<Visit>;
      return typeof since === 'string' && typeof upTo === 'string' ? { since, upTo, at: Number(at) || 0 } : undefined;
    } catch {
      return undefined;
    }
  }

  #held(): string | null | undefined {
    try {
      return localStorage.getItem(this.key) ?? kept.get(this.key);
    } catch {
      return kept.get(this.key);
    }
  }

  #write(visit: string): void {
    kept.set(this.key, visit);
    try {
      localStorage.setItem(this.key, visit);
    } catch {
      // Then it ends with the page.
    }
  }
}
