/**
 * The stream of a connection. Tabs with the same rights share the stream of one tab, the leader. A tab whose token is
 * limited to certain candidates opens its own stream, but only while the tab is visible. Such a stream needs one of the
 * browser's `MAX_STREAMS` slots.
 */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import type { Clock } from '../util/clock.ts';
import { pageDocument } from '../util/page-document.ts';
import { acquireLock } from '../util/web-lock.ts';
import { isTimeout } from '../util/with-timeout.ts';
import { EventStream, type EventStreamListener, type OpenEvents } from './event-stream.ts';
import { MAX_STREAM_CANDIDATES } from './stream-limits.ts';
import { watchKey } from './subscriptions.ts';
import { TabMember } from './tab-leader-election.ts';
import type { LeaderMessage } from './tab-messages.ts';

/** Over HTTP/1.1 a browser opens six connections to a host: two remain for requests. */
const MAX_STREAMS = 4;

export interface SharedStreamListener extends EventStreamListener {
  /** Another tab leads, or the leader's stream has changed: subscribe again. */
  onChange(): void;
}

/** `throttled`: subscribe again after `MIN_REOPEN_MS`. `unavailable`: poll. */
export type SubscribeResult = 'live' | 'throttled' | 'unavailable';

export class SharedStream {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #listener: SharedStreamListener;
  readonly #stream: EventStream;
  #tabMember: TabMember | undefined;
  #joining: Promise<void> | undefined;
  #releaseSlot: (() => void) | undefined;
  /** False if the browser has no locks, or they do not respond. */
  #hasLocks = !!navigator.locks;

  constructor(proxyUrl: string, openEvents: OpenEvents, clock: Clock, listener: SharedStreamListener) {
    this.#name = `evalon ${proxyUrl}`;
    this.#clock = clock;
    this.#listener = listener;
    const broadcast = (message: LeaderMessage) => this.#tabMember?.broadcast(message);
    this.#stream = new EventStream(openEvents, clock, {
      onActivity() {
        broadcast({ kind: 'alive' });
        listener.onActivity();
      },
      onEvent(id, event, data) {
        broadcast(event === 'reset' ? { kind: 'missed' } : { kind: 'event', id, event, data });
        listener.onEvent(id, event, data);
      },
      onMissed() {
        broadcast({ kind: 'missed' });
        listener.onMissed();
      },
      onEnd(retryAfterSeconds) {
        broadcast({ kind: 'ended' });
        listener.onEnd(retryAfterSeconds);
      },
    });
  }

  /** Whether events arrive, from this tab's stream or the leader's stream. */
  get isLive(): boolean {
    return this.#stream.isLive || !!this.#tabMember?.isReceiving;
  }

  /**
   * Streams the events of these candidates that follow `cursor`.
   * @param viewer tabs of the same viewer share a stream; undefined if the token's stream must not be shared.
   */
  async subscribe(
    candidates: WatchedCandidate[],
    cursor: string | undefined,
    viewer: string | undefined,
  ): Promise<SubscribeResult> {
    if (!viewer || !this.#hasLocks) {
      if (this.#tabMember) this.close();
      return (await this.#acquireSlot()) ? this.#open(candidates, cursor) : 'unavailable';
    }
    const tabMember = await this.#joinTabs(`${this.#name} ${viewer}`);
    if (!tabMember.hasLocks) {
      this.#hasLocks = false;
      return this.subscribe(candidates, cursor, viewer);
    }
    if (tabMember.isLeader) return this.#open(candidates, cursor, tabMember);
    tabMember.requestCandidates(candidates, cursor);
    if (tabMember.isAlone && (await this.#acquireSlot())) return this.#open(candidates, cursor);
    this.#closeOwn();
    return tabMember.isReceiving ? 'live' : 'unavailable';
  }

  /** Must be called after the token has changed. The next `subscribe` reopens the stream. */
  markStale(): void {
    this.#stream.markStale();
  }

  /** Closes the stream. Another tab can then lead or use the slot. */
  close(): void {
    this.#closeOwn();
    this.#tabMember?.leave();
    this.#tabMember = undefined;
  }

  #closeOwn(): void {
    this.#stream.close();
    this.#releaseSlot?.();
    this.#releaseSlot = undefined;
  }

  async #open(
    ownCandidates: WatchedCandidate[],
    cursor: string | undefined,
    leader?: TabMember,
  ): Promise<SubscribeResult> {
    const requests = leader?.collectRequests(MAX_STREAM_CANDIDATES - ownCandidates.length);
    const wanted = [...ownCandidates, ...(requests?.candidates ?? [])];
    const candidates = [...new Map(wanted.map((candidate) => [watchKey(candidate), candidate])).values()];
    const otherCursors = requests?.cursors ?? [];
    if (candidates.length && (otherCursors.length || !this.#stream.covers(candidates))) {
      if (this.#stream.isThrottled) return 'throttled';
      await this.#stream.open(candidates, findEarliestCursor(cursor, otherCursors)).catch((problem: unknown) => {
        leader?.broadcast({ kind: 'missed' });
        throw problem;
      });
      requests?.confirm();
    }
    return 'live';
  }

  async #joinTabs(name: string): Promise<TabMember> {
    if (this.#tabMember?.name !== name) {
      this.close();
      this.#tabMember = new TabMember(name, this.#clock, {
        covers: (candidates) => this.#stream.covers(candidates),
        onActivity: this.#listener.onActivity,
        onEvent: this.#listener.onEvent,
        onMissed: this.#listener.onMissed,
        onChange: this.#listener.onChange,
      });
      this.#joining = this.#tabMember.join();
    }
    const tabMember = this.#tabMember;
    await this.#joining;
    return tabMember;
  }

  /** Returns whether this tab may open a stream of its own. */
  async #acquireSlot(): Promise<boolean> {
    if (pageDocument.visibilityState === 'hidden') {
      this.#closeOwn();
      return false;
    }
    if (!this.#hasLocks) return true;
    try {
      for (let slot = 0; !this.#releaseSlot && slot < MAX_STREAMS; slot++) {
        this.#releaseSlot = await acquireLock(`${this.#name} ${slot}`, { ifAvailable: true }, this.#clock);
      }
    } catch (error) {
      // If the locks do not respond, this tab opens a stream without a slot.
      this.#hasLocks = !isTimeout(error);
      return !this.#hasLocks;
    }
    return !!this.#releaseSlot;
  }
}

/**
 * Returns the earliest of the cursors. A cursor is `<epoch>.<seq>`. Ignores the cursors of other epochs, because the
 * proxy could not resume from them.
 */
function findEarliestCursor(cursor: string | undefined, others: string[]): string | undefined {
  if (!cursor) return undefined;
  const [epoch = '', seq = '0'] = cursor.split('.');
  const otherSeqs = others
    .filter((other) => other.startsWith(`${epoch}.`))
    .map((other) => Number(other.split('.')[1] ?? 0));
  return `${epoch}.${Math.min(Number(seq), ...otherSeqs)}`;
}
