/**
 * How news come to a connection: over a line of its own, or from the tab that leads those of equal rights. A token for
 * a few candidates is shared with nobody: such a tab has a line while it is in sight, four of them at once in a browser.
 */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import { EventStream, type EventStreamListener } from './stream.ts';
import { watchKey } from './subscriptions.ts';
import type { TabMember, TabMessage } from './tab-channel.ts';
import { acquireLock, TabLeader } from './tab-leader.ts';

/** A stream takes no more candidates. */
export const MAX_STREAM_CANDIDATES = 2_000;
/** Lines that tabs with tokens of their own have at once: a browser has six connections to a host over HTTP/1.1. */
const MAX_STREAMS = 4;

export interface SharedStreamListener extends EventStreamListener {
  /** Others want something else, or this tab leads now: cover again. */
  onChange(): void;
}

export class SharedStream {
  readonly #name: string;
  readonly #member: TabMember;
  readonly #stream: EventStream;
  #leader: TabLeader | undefined;
  #joining: Promise<void> | undefined;
  #releaseSlot: (() => void) | undefined;

  constructor(
    proxyUrl: string,
    connect: ConstructorParameters<typeof EventStream>[0],
    clock: TabMember['clock'],
    to: SharedStreamListener,
  ) {
    this.#name = `evalon ${proxyUrl}`;
    this.#stream = new EventStream(connect, clock, {
      onActivity: () => {
        this.#broadcast({ kind: 'alive' });
        to.onActivity();
      },
      onFrame: (id, event, data) => {
        this.#broadcast(event === 'reset' ? { kind: 'missed' } : { kind: 'frame', id, event, data });
        to.onFrame(id, event, data);
      },
      onMissed: () => {
        this.#broadcast({ kind: 'missed' });
        to.onMissed();
      },
      onEnd: (retryAfter) => {
        this.#broadcast({ kind: 'ended' });
        to.onEnd(retryAfter);
      },
    });
    this.#member = {
      ...to,
      clock,
      covers: (candidates) => this.#stream.covers(candidates),
      onMissed() {
        to.onMissed();
        to.onChange();
      },
      onEnd: () => to.onChange(),
    };
  }

  /** Whether news come at present. */
  get isLive(): boolean {
    return this.#stream.isOpen || !!this.#leader?.tabChannel?.isReceiving;
  }

  /**
   * Has news of these candidates, as many as a stream takes, come from `cursor` on. Answers whether they do, or that it is too
   * soon to open another stream.
   * @param viewer is shared with tabs of the same; undefined where there are none.
   */
  async subscribe(
    mine: WatchedCandidate[],
    cursor: string | undefined,
    viewer: string | undefined,
  ): Promise<boolean | 'soon'> {
    if (viewer && navigator.locks) {
      await this.#joinLeader(`${this.#name} ${viewer}`);
      const { isLeader: leads, tabChannel: tabs } = this.#leader ?? {};
      if (tabs && !leads) {
        this.#stream.close();
        tabs.requestCandidates(mine, cursor);
        return tabs.isReceiving;
      }
    } else if (!(await this.#acquireSlot())) return false;
    const wishes = this.#leader?.tabChannel?.collectRequests(MAX_STREAM_CANDIDATES - mine.length);
    const all = [...new Map([...mine, ...(wishes?.candidates ?? [])].map((one) => [watchKey(one), one])).values()];
    if (!this.#stream.covers(all) || wishes?.cursors.length) {
      if (this.#stream.wasJustOpened) return 'soon';
      await this.#stream.open(all, earliest(cursor, wishes?.cursors ?? [])).catch((problem: unknown) => {
        this.#broadcast({ kind: 'missed' });
        throw problem;
      });
      wishes?.covered();
    }
    return true;
  }

  /** The next `cover` opens anew: the token has changed. */
  markStale(): void {
    this.#stream.markStale();
  }

  /** Lets go of everything that others may want. */
  close(): void {
    this.#stream.close();
    this.#leader?.leave();
    this.#leader = undefined;
    this.#joining = undefined;
    this.#releaseSlot?.();
    this.#releaseSlot = undefined;
  }

  /** What others have to know, where this tab leads them. */
  #broadcast(message: TabMessage): void {
    if (this.#leader?.isLeader) this.#leader.tabChannel?.broadcast(message);
  }

  #joinLeader(name: string): Promise<void> {
    if (this.#leader?.name !== name) {
      this.close();
      this.#leader = new TabLeader(name, this.#member);
      this.#joining = this.#leader.join();
    }
    return this.#joining ?? Promise.resolve();
  }

  /** Whether this tab may have a line though it shares none. */
  async #acquireSlot(): Promise<boolean> {
    if (document.visibilityState === 'hidden') {
      this.close();
      return false;
    }
    for (let seat = 0; navigator.locks && !this.#releaseSlot && seat < MAX_STREAMS; seat++) {
      this.#releaseSlot = await acquireLock(`${this.#name} ${seat}`, { ifAvailable: true });
    }
    return !navigator.locks || !!this.#releaseSlot;
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
