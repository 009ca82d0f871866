/** The log of slots of one process: every call holds one while it is under way and a window longer. */
import { randomUUID } from 'node:crypto';
import { LANES, type Lane, LONGEST_CALL, type SlotView, WINDOW } from './priorities.ts';

export interface Slot {
  readonly id: string;
  readonly lane: Lane;
  readonly startedAt: number;
}

/** A slot that another process holds, or one before this. */
export interface HeldSlot {
  lane: Lane;
  startedAt: number;
  freeAt: number;
}

/** Where slots, and the silence after a 429, outlive the process. */
export interface Ledger {
  readonly held: readonly HeldSlot[];
  /** Before this no call may go out, in milliseconds since 1970. */
  readonly silentUntil: number;
  /**
   * Answers once the slot is stored durably: only then may its call go out.
   * @throws Unavailable
   */
  start(slot: Slot): Promise<void>;
  /** Its call was answered, or failed. */
  end(slot: Slot): void;
  /** Its call never went out. */
  drop(slot: Slot): void;
  /** No call goes out for so many milliseconds from now. Answers once that is stored, or cannot be. */
  silence(ms: number): Promise<void>;
}

export interface Slots {
  start(lane: Lane, now: number): Slot;
  /** The call was answered, or failed. Once a slot. */
  end(slot: Slot, now: number): void;
  /** The call never went out: the slot is free at once. */
  drop(slot: Slot): void;
  /** The log as it is at `now`, which never goes back; good until the next change. */
  at(now: number): SlotView;
}

/** Freed slots that are carried along before the log is cut. */
const CUT_AFTER = 1_000;

export function createSlots(before: readonly HeldSlot[] = []): Slots {
  const underWay = new Set<Slot>();
  /** Those that come free at a known time, in that order; the first `freed` are free already. */
  let answered: Omit<HeldSlot, 'startedAt'>[] = [];
  let freed = 0;
  let time = 0;
  const held = byLane(() => 0);
  const lastStart = byLane(() => Number.NEGATIVE_INFINITY);

  function started(lane: Lane, at: number): void {
    held[lane] += 1;
    lastStart[lane] = Math.max(lastStart[lane], at);
  }

  /** Mostly the last to come free; only what an earlier process left unended may come free later. */
  function comesFree(lane: Lane, freeAt: number): void {
    let place = answered.length;
    while (place > freed && (answered[place - 1]?.freeAt ?? 0) > freeAt) place -= 1;
    answered.splice(place, 0, { lane, freeAt });
  }

  for (const { lane, startedAt, freeAt } of before) {
    started(lane, startedAt);
    comesFree(lane, freeAt);
  }

  const view: SlotView = {
    get held() {
      return underWay.size + answered.length - freed;
    },
    get answered() {
      return answered.length - freed;
    },
    heldBy: (lane) => held[lane],
    lastStart: (lane) => lastStart[lane],
    freeAt(n) {
      const slot = answered[freed + n];
      if (slot) return slot.freeAt;
      let rest = n - (answered.length - freed);
      for (const { startedAt } of underWay) {
        if (rest-- === 0) return Math.max(startedAt + LONGEST_CALL, time) + WINDOW;
      }
      return time;
    },
  };

  return {
    start(lane, now) {
      const slot = { id: randomUUID(), lane, startedAt: now };
      underWay.add(slot);
      started(lane, now);
      return slot;
    },
    end(slot, now) {
      underWay.delete(slot);
      comesFree(slot.lane, now + WINDOW);
    },
    drop(slot) {
      underWay.delete(slot);
      held[slot.lane] -= 1;
    },
    at(now) {
      time = now;
      for (let slot = answered[freed]; slot && slot.freeAt <= now; slot = answered[freed]) {
        held[slot.lane] -= 1;
        freed += 1;
      }
      if (freed > CUT_AFTER) {
        answered = answered.slice(freed);
        freed = 0;
      }
      return view;
    },
  };
}

/** One value for each lane. */
export function byLane<T>(value: (lane: Lane) => T): Record<Lane, T> {
  return Object.fromEntries(LANES.map((lane) => [lane, value(lane)])) as Record<Lane, T>;
}
