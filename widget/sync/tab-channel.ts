/**
 * What tabs of equal rights say to each other. One of them, the leader, has a stream for the candidates of all and passes
 * on whatever it brings; the others tell it whom they show and from where on. A leader that is silent loses its lead.
 */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import type { Clock } from '../util/clock.ts';
import { watchKey } from './subscriptions.ts';
import type { TabLeader } from './tab-leader.ts';

/** A connection, as the tabs see it. */
export interface TabMember {
  clock: Clock;
  /** News of these come already. */
  covers(candidates: WatchedCandidate[]): boolean;
  onActivity(): void;
  onFrame(id: string | undefined, event: string | undefined, data: unknown): void;
  /** The leader has no stream right now, and sees to it. */
  onEnd(): void;
  /** Something may have been missed: ask again. */
  onMissed(): void;
  /** Who leads, or what others want, is not as before. */
  onChange(): void;
}

interface TabRequest {
  candidates: WatchedCandidate[];
  /** Where its news have to start; undefined where it has missed nothing so far. */
  cursor: string | undefined;
  /** Of the wishes of one tab, the newest counts. */
  revision: number;
  /** On screen: if there are too many for one stream, these come first. */
  isVisible: boolean;
}

export type TabMessage =
  /** To the leader. */
  | ({ kind: 'want'; tab: string } & TabRequest)
  | { kind: 'leave'; tab: string }
  | { kind: 'ping' }
  /** From the leader. */
  | { kind: 'lead' }
  | { kind: 'alive' }
  | { kind: 'have'; tab: string; revision: number }
  | { kind: 'frame'; id: string | undefined; event: string | undefined; data: unknown }
  | { kind: 'ended' }
  | { kind: 'missed' };

/** Milliseconds that a leader may be silent before it is asked whether it lives: it hears from the proxy every 15 s. */
const SILENCE = 30_000;
/** Milliseconds that it has to answer, at the least; chance adds as much again, so that not all others act at once. */
const PATIENCE = 10_000;

export class TabChannel {
  readonly #leader: TabLeader;
  readonly #post: (message: TabMessage) => void;
  readonly #tabId = `${Math.random()}`;
  readonly #requests = new Map<string, TabRequest>();
  #revision = 0;
  #lastRequest = '';
  /** A follower's: its news come. */
  isReceiving = false;
  #lockRequest = new AbortController();
  #cancelWatchdog = () => {};

  constructor(lead: TabLeader, post: (message: TabMessage) => void) {
    this.#leader = lead;
    this.#post = post;
  }

  receive(message: TabMessage): void {
    const { member, isLeader: leads } = this.#leader;
    const { kind } = message;
    if (kind === 'want' || kind === 'ping' || kind === 'leave') {
      if (leads) this.#handleAsLeader(message, member);
    } else if (!leads) {
      this.#startWatchdog();
      this.#handleAsFollower(message, member);
    }
  }

  /** Follows from now on, until it is this tab's turn to lead. */
  follow(): void {
    this.#leader.isLeader = false;
    this.#requests.clear();
    this.#lastRequest = '';
    this.isReceiving = false;
    this.#lockRequest = new AbortController();
    this.#startWatchdog();
    this.#leader.acquire({ signal: this.#lockRequest.signal }).then(
      () => this.#becomeLeader(),
      () => {},
    );
    this.#leader.member.onChange();
  }

  /** A follower's candidates, and from where on. Says it once for as long as it stays the same. */
  requestCandidates(candidates: WatchedCandidate[], cursor: string | undefined): void {
    const wanted = candidates.map(watchKey).join();
    if (wanted === this.#lastRequest) return;
    this.#lastRequest = wanted;
    this.isReceiving = false;
    this.#revision += 1;
    const visible = document.visibilityState === 'visible';
    this.#post({ kind: 'want', tab: this.#tabId, candidates, cursor, revision: this.#revision, isVisible: visible });
  }

  /** The leader's: what others want that fits into so many rows, and where their news have to start. */
  collectRequests(room: number): { candidates: WatchedCandidate[]; cursors: string[]; covered: () => void } {
    const fitting = [...this.#requests]
      .sort(([, a], [, b]) => Number(b.isVisible) - Number(a.isVisible))
      .filter(([, { candidates }]) => {
        const fits = candidates.length <= room;
        if (fits) room -= candidates.length;
        return fits;
      });
    return {
      candidates: fitting.flatMap(([, wish]) => wish.candidates),
      cursors: fitting.flatMap(([, wish]) => wish.cursor ?? []),
      covered: () => {
        for (const [tab, wish] of fitting) {
          wish.cursor = undefined;
          this.#post({ kind: 'have', tab, revision: wish.revision });
        }
      },
    };
  }

  /** The leader's: passes on what its stream brought, or what became of it. */
  broadcast(message: TabMessage): void {
    if (message.kind === 'missed') this.#requests.clear();
    this.#post(message);
  }

  /** Says goodbye. */
  leave(): void {
    this.#lockRequest.abort();
    this.#cancelWatchdog();
    this.#post({ kind: 'leave', tab: this.#tabId });
  }

  #handleAsLeader(message: TabMessage, member: TabMember): void {
    if (message.kind === 'leave') this.#requests.delete(message.tab);
    if (message.kind === 'ping') this.#post({ kind: 'alive' });
    if (message.kind !== 'want') return;
    const { tab, ...wish } = message;
    const before = this.#requests.get(tab);
    const isCovered = before && before.cursor === undefined && member.covers(wish.candidates);
    this.#requests.set(tab, isCovered ? { ...wish, cursor: undefined } : wish);
    this.#post(isCovered ? { kind: 'have', tab, revision: wish.revision } : { kind: 'alive' });
    if (!isCovered) member.onChange();
  }

  #handleAsFollower(message: TabMessage, member: TabMember): void {
    if (message.kind === 'frame') member.onFrame(message.id, message.event, message.data);
    else if (message.kind === 'alive') {
      if (this.isReceiving) member.onActivity();
    } else if (message.kind === 'have') {
      if (message.tab !== this.#tabId || message.revision !== this.#revision) return;
      this.isReceiving = true;
      member.onActivity();
      member.onChange();
    } else {
      this.isReceiving = false;
      if (message.kind === 'ended') member.onEnd();
      else {
        this.#lastRequest = '';
        member.onMissed();
      }
    }
  }

  /** This tab leads: the others say again what they want, as nobody knows what fell between. */
  #becomeLeader(): void {
    this.#cancelWatchdog();
    this.isReceiving = false;
    this.#post({ kind: 'lead' });
    this.#leader.member.onChange();
  }

  /** Asks a leader that is silent whether it lives, and takes the lead where there is no answer. */
  #startWatchdog(): void {
    const { clock } = this.#leader.member;
    this.#cancelWatchdog();
    this.#cancelWatchdog = clock.setTimer(this.isReceiving ? SILENCE : PATIENCE, () => {
      this.#post({ kind: 'ping' });
      this.#cancelWatchdog = clock.setTimer(PATIENCE + clock.random() * PATIENCE, () => {
        this.#lockRequest.abort();
        this.#leader.acquire({ steal: true }).then(
          () => this.#becomeLeader(),
          () => {},
        );
      });
    });
  }
}
