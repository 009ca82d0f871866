/** The log of slots of one process, in memory: every call holds one while it is under way and a window longer. */
import { LANES, type Lane, LONGEST_CALL, type SlotView, WINDOW } from './lanes.ts';

export interface Slot {
  readonly lane: Lane;
  readonly startedAt: number;
}

export interface Slots {
  start(lane: Lane, now: number): Slot;
  /** The call was answered, or failed. Once a slot. */
  end(slot: Slot, now: number): void;
  /** The log as it is at `now`, which never goes back; good until the next `start` or `end`. */
  at(now: number): SlotView;
}

/** Freed slots that are carried along before the log is cut. */
const CUT_AFTER = 1_000;

export function createSlots(): Slots {
  const underWay = new Set<Slot>();
  /** In the order in which they come free, which is that of the answers; the first `freed` are free already. */
  let answered: { lane: Lane; freeAt: number }[] = [];
  let freed = 0;
  let time = 0;
  const held = byLane(() => 0);
  const lastStart = byLane(() => Number.NEGATIVE_INFINITY);

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
      const slot = { lane, startedAt: now };
      underWay.add(slot);
      held[lane] += 1;
      lastStart[lane] = now;
      return slot;
    },
    end(slot, now) {
      underWay.delete(slot);
      answered.push({ lane: slot.lane, freeAt: now + WINDOW });
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
