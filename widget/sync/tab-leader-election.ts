/**
 * Leader election between tabs with the same rights, so that they share one stream. The tab that holds a Web Lock is the
 * leader. It streams the events of all tabs' candidates and broadcasts them. The other tabs are followers. They send
 * their candidates to the leader. If the leader stays silent, a follower steals the lock.
 */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import type { Clock } from '../util/clock.ts';
import { pageDocument } from '../util/page-document.ts';
import { acquireLock } from '../util/web-lock.ts';
import { createAbortController, isTimeout } from '../util/with-timeout.ts';
import { watchKey } from './subscriptions.ts';
import type { LeaderMessage, TabMessage } from './tab-messages.ts';
import { type CollectedRequests, TabRequests } from './tab-requests.ts';

export interface TabMemberListener {
  /** As leader: whether this tab's stream already has these candidates. */
  covers(candidates: WatchedCandidate[]): boolean;
  onActivity(): void;
  onEvent(id: string | undefined, event: string | undefined, data: unknown): void;
  /** Events may have been lost. The sessions must be queried again. */
  onMissed(): void;
  /**
   * The tab must subscribe again: another tab leads or requests candidates, or the leader's stream has opened or ended.
   */
  onChange(): void;
}

/** If the leader does not respond within this time, a follower uses its own stream until the leader responds. */
const LEADER_TIMEOUT_MS = 3_000;
/** The leader receives a heartbeat from the proxy every 15 s. A follower pings the leader after this silence. */
const MAX_SILENCE_MS = 30_000;
/** The leader must respond to a ping in this time. Up to 100% jitter keeps followers from stealing the lock at once. */
const PING_TIMEOUT_MS = 10_000;

/** This tab's part in the election. */
export class TabMember {
  readonly name: string;
  isLeader = false;
  /** As follower: whether the leader's stream has this tab's candidates. */
  isReceiving = false;
  /** False if the browser's locks do not respond. */
  hasLocks = true;
  /** As follower: whether this tab needs its own stream, because the leader does not respond. */
  isAlone = false;
  readonly #clock: Clock;
  readonly #listener: TabMemberListener;
  readonly #tabId = `${Math.random()}`;
  readonly #requests = new TabRequests((message) => this.#post(message));
  #channel: BroadcastChannel | undefined;
  #revision = 0;
  #lastRequest = '';
  #lockRequest = createAbortController();
  #releaseLock = () => {};
  #cancelWatchdog = () => {};
  #cancelLeaderTimeout = () => {};
  #hasLeft = false;

  /** @param name Must identify the rights, because tabs with the same name share a stream. */
  constructor(name: string, clock: Clock, listener: TabMemberListener) {
    this.name = name;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Becomes the leader or a follower. A tab that cannot reach the others leads without followers. */
  async join(): Promise<void> {
    try {
      this.#channel = new BroadcastChannel(this.name);
      this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.#receive(data);
      if (!(await this.#acquireLeadership({ ifAvailable: true }))) this.#follow();
    } catch {
      this.leave();
      this.isLeader = true;
    }
  }

  leave(): void {
    this.#post({ kind: 'leave', tab: this.#tabId });
    this.#hasLeft = true;
    this.#lockRequest.abort();
    this.#cancelWatchdog();
    this.#cancelLeaderTimeout();
    this.#channel?.close();
    this.#releaseLock();
  }

  /** As follower: asks the leader to stream candidates, unless the previous request had the same candidates. */
  requestCandidates(candidates: WatchedCandidate[], cursor: string | undefined): void {
    const request = candidates.map(watchKey).join();
    if (request === this.#lastRequest) return;
    this.#lastRequest = request;
    this.isReceiving = false;
    this.#revision += 1;
    const isVisible = pageDocument.visibilityState === 'visible';
    this.#post({ kind: 'request', tab: this.#tabId, candidates, cursor, revision: this.#revision, isVisible });
    this.#cancelLeaderTimeout();
    this.#cancelLeaderTimeout = this.#clock.setTimer(LEADER_TIMEOUT_MS, () => this.#goAlone());
  }

  /** As leader: returns the other tabs' requests that fit into `capacity` candidates, visible tabs first. */
  collectRequests(capacity: number): CollectedRequests {
    return this.#requests.collect(capacity);
  }

  /** As leader: sends a message to the followers. */
  broadcast(message: LeaderMessage): void {
    if (!this.isLeader) return;
    if (message.kind === 'missed') this.#requests.clear();
    this.#post(message);
  }

  #post(message: TabMessage): void {
    if (!this.#hasLeft) this.#channel?.postMessage(message);
  }

  #receive(message: TabMessage): void {
    const { kind } = message;
    const isForLeader = kind === 'request' || kind === 'ping' || kind === 'leave';
    if (isForLeader !== this.isLeader) return;
    if (isForLeader) this.#receiveAsLeader(message);
    else {
      this.#restartWatchdog();
      this.#cancelLeaderTimeout();
      this.isAlone = false;
      this.#receiveAsFollower(message);
    }
  }

  #receiveAsLeader(message: TabMessage): void {
    if (message.kind === 'leave') this.#requests.remove(message.tab);
    else if (message.kind === 'ping') this.#post({ kind: 'alive' });
    else if (message.kind === 'request') {
      if (!this.#requests.add(message, this.#listener.covers)) this.#listener.onChange();
    }
  }

  #receiveAsFollower(message: TabMessage): void {
    if (message.kind === 'event') this.#listener.onEvent(message.id, message.event, message.data);
    else if (message.kind === 'alive') {
      if (this.isReceiving) this.#listener.onActivity();
    } else if (message.kind === 'covered') {
      if (message.tab !== this.#tabId || message.revision !== this.#revision) return;
      this.isReceiving = true;
      this.#listener.onActivity();
      this.#listener.onChange();
    } else {
      // `leading`, `ended` or `missed`: the leader's stream no longer has this tab's candidates.
      this.isReceiving = false;
      if (message.kind !== 'ended') {
        this.#lastRequest = '';
        this.#listener.onMissed();
      }
      this.#listener.onChange();
    }
  }

  /** Becomes a follower, and queues for the lock until the leader leaves. */
  #follow(): void {
    if (this.#hasLeft) return;
    this.isLeader = false;
    this.isReceiving = false;
    this.#requests.clear();
    this.#lastRequest = '';
    this.#lockRequest = createAbortController();
    this.#restartWatchdog();
    void this.#lead({ signal: this.#lockRequest.signal });
    this.#listener.onChange();
  }

  /** Becomes the leader when the lock is granted. The followers then repeat their requests, as events may be lost. */
  async #lead(options: LockOptions): Promise<void> {
    const isGranted = await this.#acquireLeadership(options).catch(() => false);
    if (!isGranted) return;
    this.#post({ kind: 'leading' });
    this.#listener.onChange();
  }

  #goAlone(): void {
    this.isAlone = true;
    this.#listener.onChange();
  }

  async #acquireLeadership(options: LockOptions): Promise<boolean> {
    const release = await acquireLock(this.name, options, this.#clock, () => this.#follow()).catch((error: unknown) => {
      if (!isTimeout(error)) throw error;
      this.hasLocks = false;
      return undefined;
    });
    if (this.#hasLeft) release?.();
    if (!release || this.#hasLeft) return false;
    this.#releaseLock = release;
    this.#cancelWatchdog();
    this.#cancelLeaderTimeout();
    this.isReceiving = false;
    this.isAlone = false;
    this.isLeader = true;
    return true;
  }

  /** Pings a silent leader, and steals its lock if it does not respond. */
  #restartWatchdog(): void {
    this.#cancelWatchdog();
    // Heartbeats arrive only from a stream with this tab's candidates. Without that stream, the first ping is earlier.
    this.#cancelWatchdog = this.#clock.setTimer(this.isReceiving ? MAX_SILENCE_MS : PING_TIMEOUT_MS, () => {
      this.#post({ kind: 'ping' });
      const timeoutMs = PING_TIMEOUT_MS * (1 + this.#clock.random());
      this.#cancelWatchdog = this.#clock.setTimer(timeoutMs, async () => {
        this.#lockRequest.abort();
        await this.#lead({ steal: true });
        if (!this.isLeader) this.#follow();
      });
    });
  }
}
