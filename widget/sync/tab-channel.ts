/**
 * What tabs of equal rights say to each other. One of them, the leader, has a stream for the candidates of all and passes
 * on whatever it brings; the others tell it whom they show and from where on. A leader that is silent loses its lead.
 */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';
import type { Clock } from '../util/clock.ts';
import { watchKey } from './subscriptions.ts';
import type { Lead } from './tab-leader.ts';

/** A connection, as the tabs see it. */
export interface Member {
  clock: Clock;
  /** News of these come already. */
  covers(candidates: WatchedCandidate[]): boolean;
  heard(): void;
  frame(id: string | undefined, event: string | undefined, data: unknown): void;
  /** The leader has no stream right now, and sees to it. */
  ended(): void;
  /** Something may have been missed: ask again. */
  missed(): void;
  /** Who leads, or what others want, is not as before. */
  changed(): void;
}

interface Wish {
  candidates: WatchedCandidate[];
  /** Where its news have to start; undefined where it has missed nothing so far. */
  cursor: string | undefined;
  /** Of the wishes of one tab, the newest counts. */
  turn: number;
  /** On screen: if there are too many for one stream, these come first. */
  visible: boolean;
}

export type Message =
  /** To the leader. */
  | ({ kind: 'want'; tab: string } & Wish)
  | { kind: 'leave'; tab: string }
  | { kind: 'ping' }
  /** From the leader. */
  | { kind: 'lead' }
  | { kind: 'alive' }
  | { kind: 'have'; tab: string; turn: number }
  | { kind: 'frame'; id: string | undefined; event: string | undefined; data: unknown }
  | { kind: 'ended' }
  | { kind: 'missed' };

/** Milliseconds that a leader may be silent before it is asked whether it lives: it hears from the proxy every 15 s. */
const SILENCE = 30_000;
/** Milliseconds that it has to answer, at the least; chance adds as much again, so that not all others act at once. */
const PATIENCE = 10_000;

export class Tabs {
  readonly #lead: Lead;
  readonly #post: (message: Message) => void;
  readonly #id = `${Math.random()}`;
  readonly #wishes = new Map<string, Wish>();
  #turn = 0;
  #wanted = '';
  /** A follower's: its news come. */
  isCovered = false;
  #stopWaiting = new AbortController();
  #stopWatching = () => {};

  constructor(lead: Lead, post: (message: Message) => void) {
    this.#lead = lead;
    this.#post = post;
  }

  receive(message: Message): void {
    const { member, leads } = this.#lead;
    const { kind } = message;
    if (kind === 'want' || kind === 'ping' || kind === 'leave') {
      if (leads) this.#serve(message, member);
    } else if (!leads) {
      this.#watch();
      this.#follow(message, member);
    }
  }

  /** Follows from now on, until it is this tab's turn to lead. */
  follow(): void {
    this.#lead.leads = false;
    this.#wishes.clear();
    this.#wanted = '';
    this.isCovered = false;
    this.#stopWaiting = new AbortController();
    this.#watch();
    this.#lead.take({ signal: this.#stopWaiting.signal }).then(
      () => this.#begin(),
      () => {},
    );
    this.#lead.member.changed();
  }

  /** A follower's candidates, and from where on. Says it once for as long as it stays the same. */
  want(candidates: WatchedCandidate[], cursor: string | undefined): void {
    const wanted = candidates.map(watchKey).join();
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.isCovered = false;
    this.#turn += 1;
    const visible = document.visibilityState === 'visible';
    this.#post({ kind: 'want', tab: this.#id, candidates, cursor, turn: this.#turn, visible });
  }

  /** The leader's: what others want that fits into so many rows, and where their news have to start. */
  wishes(room: number): { candidates: WatchedCandidate[]; cursors: string[]; covered: () => void } {
    const fitting = [...this.#wishes]
      .sort(([, a], [, b]) => Number(b.visible) - Number(a.visible))
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
          this.#post({ kind: 'have', tab, turn: wish.turn });
        }
      },
    };
  }

  /** The leader's: passes on what its stream brought, or what became of it. */
  tell(message: Message): void {
    if (message.kind === 'missed') this.#wishes.clear();
    this.#post(message);
  }

  /** Says goodbye. */
  leave(): void {
    this.#stopWaiting.abort();
    this.#stopWatching();
    this.#post({ kind: 'leave', tab: this.#id });
  }

  #serve(message: Message, member: Member): void {
    if (message.kind === 'leave') this.#wishes.delete(message.tab);
    if (message.kind === 'ping') this.#post({ kind: 'alive' });
    if (message.kind !== 'want') return;
    const { tab, ...wish } = message;
    const before = this.#wishes.get(tab);
    const isCovered = before && before.cursor === undefined && member.covers(wish.candidates);
    this.#wishes.set(tab, isCovered ? { ...wish, cursor: undefined } : wish);
    this.#post(isCovered ? { kind: 'have', tab, turn: wish.turn } : { kind: 'alive' });
    if (!isCovered) member.changed();
  }

  #follow(message: Message, member: Member): void {
    if (message.kind === 'frame') member.frame(message.id, message.event, message.data);
    else if (message.kind === 'alive') {
      if (this.isCovered) member.heard();
    } else if (message.kind === 'have') {
      if (message.tab !== this.#id || message.turn !== this.#turn) return;
      this.isCovered = true;
      member.heard();
      member.changed();
    } else {
      this.isCovered = false;
      if (message.kind === 'ended') member.ended();
      else {
        this.#wanted = '';
        member.missed();
      }
    }
  }

  /** This tab leads: the others say again what they want, as nobody knows what fell between. */
  #begin(): void {
    this.#stopWatching();
    this.isCovered = false;
    this.#post({ kind: 'lead' });
    this.#lead.member.changed();
  }

  /** Asks a leader that is silent whether it lives, and takes the lead where there is no answer. */
  #watch(): void {
    const { clock } = this.#lead.member;
    this.#stopWatching();
    this.#stopWatching = clock.after(this.isCovered ? SILENCE : PATIENCE, () => {
      this.#post({ kind: 'ping' });
      this.#stopWatching = clock.after(PATIENCE + clock.random() * PATIENCE, () => {
        this.#stopWaiting.abort();
        this.#lead.take({ steal: true }).then(
          () => this.#begin(),
          () => {},
        );
      });
    });
  }
}
