/**
 * How news come to a connection: over a line of its own, or from the tab that leads those of equal rights. A token for
 * a few candidates is shared with nobody: such a tab has a line while it is in sight, four of them at once in a browser.
 */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { Line, type LineListener } from './stream.ts';
import { watchKey } from './subscriptions.ts';
import type { Member, Message } from './tab-channel.ts';
import { hold, Lead } from './tab-leader.ts';

/** A stream takes no more candidates. */
export const STREAM_SIZE = 2_000;
/** Lines that tabs with tokens of their own have at once: a browser has six connections to a host over HTTP/1.1. */
const SEATS = 4;

export interface FeedListener extends LineListener {
  /** Others want something else, or this tab leads now: cover again. */
  changed(): void;
}

export class Feed {
  readonly #name: string;
  readonly #member: Member;
  readonly #line: Line;
  #lead: Lead | undefined;
  #joining: Promise<void> | undefined;
  #stand: (() => void) | undefined;

  constructor(
    proxyUrl: string,
    connect: ConstructorParameters<typeof Line>[0],
    clock: Member['clock'],
    to: FeedListener,
  ) {
    this.#name = `evalon ${proxyUrl}`;
    this.#line = new Line(connect, clock, {
      heard: () => {
        this.#tell({ kind: 'alive' });
        to.heard();
      },
      frame: (id, event, data) => {
        this.#tell(event === 'reset' ? { kind: 'missed' } : { kind: 'frame', id, event, data });
        to.frame(id, event, data);
      },
      missed: () => {
        this.#tell({ kind: 'missed' });
        to.missed();
      },
      ended: (retryAfter) => {
        this.#tell({ kind: 'ended' });
        to.ended(retryAfter);
      },
    });
    this.#member = {
      ...to,
      clock,
      covers: (candidates) => this.#line.covers(candidates),
      missed() {
        to.missed();
        to.changed();
      },
      ended: () => to.changed(),
    };
  }

  /** Whether news come at present. */
  get isLive(): boolean {
    return this.#line.isOpen || !!this.#lead?.tabs?.isCovered;
  }

  /**
   * Has news of these candidates, as many as a stream takes, come from `cursor` on. Answers whether they do, or that it is too
   * soon to open another stream.
   * @param viewer is shared with tabs of the same; undefined where there are none.
   */
  async cover(
    mine: WatchedCandidate[],
    cursor: string | undefined,
    viewer: string | undefined,
  ): Promise<boolean | 'soon'> {
    if (viewer && navigator.locks) {
      await this.#join(`${this.#name} ${viewer}`);
      const { leads, tabs } = this.#lead ?? {};
      if (tabs && !leads) {
        this.#line.close();
        tabs.want(mine, cursor);
        return tabs.isCovered;
      }
    } else if (!(await this.#sit())) return false;
    const wishes = this.#lead?.tabs?.wishes(STREAM_SIZE - mine.length);
    const all = [...new Map([...mine, ...(wishes?.candidates ?? [])].map((one) => [watchKey(one), one])).values()];
    if (!this.#line.covers(all) || wishes?.cursors.length) {
      if (this.#line.isFresh) return 'soon';
      await this.#line.open(all, earliest(cursor, wishes?.cursors ?? [])).catch((problem: unknown) => {
        this.#tell({ kind: 'missed' });
        throw problem;
      });
      wishes?.covered();
    }
    return true;
  }

  /** The next `cover` opens anew: the token has changed. */
  outdate(): void {
    this.#line.outdate();
  }

  /** Lets go of everything that others may want. */
  close(): void {
    this.#line.close();
    this.#lead?.leave();
    this.#lead = undefined;
    this.#joining = undefined;
    this.#stand?.();
    this.#stand = undefined;
  }

  /** What others have to know, where this tab leads them. */
  #tell(message: Message): void {
    if (this.#lead?.leads) this.#lead.tabs?.tell(message);
  }

  #join(name: string): Promise<void> {
    if (this.#lead?.name !== name) {
      this.close();
      this.#lead = new Lead(name, this.#member);
      this.#joining = this.#lead.join();
    }
    return this.#joining ?? Promise.resolve();
  }

  /** Whether this tab may have a line though it shares none. */
  async #sit(): Promise<boolean> {
    if (document.visibilityState === 'hidden') {
      this.close();
      return false;
    }
    for (let seat = 0; navigator.locks && !this.#stand && seat < SEATS; seat++) {
      this.#stand = await hold(`${this.#name} ${seat}`, { ifAvailable: true });
    }
    return !navigator.locks || !!this.#stand;
  }
}

/** The lowest of the cursors; where they are of different logs, the first: the proxy says then that it is none. */
function earliest(first: string | undefined, others: string[]): string | undefined {
  const [log, seq = 0] = first?.split('.') ?? [];
  const lowest = Math.min(
    +seq,
    ...others.filter((one) => one.startsWith(`${log}.`)).map((one) => +(one.split('.')[1] ?? 0)),
  );
  return first && `${log}.${lowest}`;
}
