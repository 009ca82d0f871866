/** Those who wait for their turn, lane by lane in the order in which they came. Each one ends once, however it ends. */
import { LANES, type Lane } from './priorities.ts';
import { byLane, type Slot } from './sliding-window.ts';

/** How many wait before somebody: in all lanes, and in its own. */
export interface Before {
  all: number;
  inLane: number;
}

export interface Queues {
  /** The lanes in which somebody waits, first those that go first. */
  lanes(): Lane[];
  size(lane: Lane): number;
  /**
   * Waits for a slot.
   * @param deadline until when somebody waits; infinite where nobody does.
   * @param left is told when the signal has ended the wait.
   * @throws what `refuse` answers; the signal's reason.
   */
  join(lane: Lane, deadline: number, signal: AbortSignal | undefined, left: () => void): Promise<Slot>;
  /** Gives the slot to the first of its lane. */
  start(slot: Slot): void;
  /** Refuses those who have a deadline and for whom `why` answers an error; answers the next deadline of the rest. */
  refuse(why: (lane: Lane, deadline: number, before: Before) => Error | undefined): number;
  /** Refuses everybody. */
  clear(why: () => Error): void;
}

interface Waiter {
  deadline: number;
  start(slot: Slot): void;
  refuse(error: unknown): void;
}

export function createQueues(): Queues {
  const queues = byLane(() => new Set<Waiter>());
  /** How many have a deadline. */
  let impatient = 0;

  function leave(lane: Lane, waiter: Waiter): void {
    if (queues[lane].delete(waiter) && Number.isFinite(waiter.deadline)) impatient -= 1;
  }

  return {
    lanes: () => LANES.filter((lane) => queues[lane].size),
    size: (lane) => queues[lane].size,

    join(lane, deadline, signal, left) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const waiter: Waiter = {
          deadline,
          start(slot) {
            signal?.removeEventListener('abort', abort);
            resolve(slot);
          },
          refuse(error) {
            signal?.removeEventListener('abort', abort);
            reject(error);
          },
        };
        function abort() {
          leave(lane, waiter);
          reject(signal?.reason);
          left();
        }
        signal?.addEventListener('abort', abort, { once: true });
        queues[lane].add(waiter);
        if (Number.isFinite(deadline)) impatient += 1;
      });
    },

    start(slot) {
      const [waiter] = queues[slot.lane];
      if (!waiter) throw new Error('a slot goes to a lane in which somebody waits');
      leave(slot.lane, waiter);
      waiter.start(slot);
    },

    refuse(why) {
      let next = Number.POSITIVE_INFINITY;
      let all = 0;
      let toAsk = impatient;
      for (const lane of LANES) {
        let inLane = 0;
        for (const waiter of queues[lane]) {
          if (!toAsk) return next;
          const asked = Number.isFinite(waiter.deadline);
          if (asked) toAsk -= 1;
          const error = asked && why(lane, waiter.deadline, { all, inLane });
          if (error) {
            leave(lane, waiter);
            waiter.refuse(error);
          } else {
            next = Math.min(next, waiter.deadline);
            all += 1;
            inLane += 1;
          }
        }
      }
      return next;
    },

    clear(why) {
      for (const lane of LANES) {
        for (const waiter of queues[lane]) {
          leave(lane, waiter);
          waiter.refuse(why());
        }
      }
    },
  };
}
