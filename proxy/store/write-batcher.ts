/**
 * Group commit: whatever comes while a commit is under way shares the next one, and each waits for its own. So a burst
 * costs a few commits, and what else needs the database gets its turn between them.
 */
import { setImmediate } from 'node:timers/promises';
import { withRequestId } from '../util/request-context.ts';

/** What is stored by one commit at the most. */
const LARGEST = 1_000;

/** Turns of the event loop without another one that end the wait: a new connection takes one to be accepted, one to be read. */
const QUIET_TURNS = 3;

export interface Group<T> {
  /** How many wait for a commit to begin. */
  readonly waiting: number;
  /** Answers once it is stored; it throws what its commit threw. */
  put(item: T): Promise<void>;
}

/**
 * Work on the database leaves nobody else a turn of the event loop: whatever is at the door already is let in.
 * @param arrived how many have come; while more do, it goes on.
 */
export async function letIn(arrived = () => 0): Promise<void> {
  let before = 0;
  for (let quiet = 0; quiet < QUIET_TURNS && before < LARGEST; quiet++) {
    if (arrived() > before) quiet = 0;
    before = arrived();
    await setImmediate();
  }
}

/** @param store stores all of them in one transaction, in their order. */
export function createGroup<T>(store: (items: readonly T[]) => Promise<void>): Group<T> {
  const queue: { item: T; stored: () => void; failed: (error: unknown) => void }[] = [];
  let storing = false;

  async function storeAll(): Promise<void> {
    storing = true;
    while (queue.length) {
      await letIn(() => queue.length);
      const group = queue.splice(0, LARGEST);
      await store(group.map(({ item }) => item)).then(
        () => group.forEach(({ stored }) => void stored()),
        (error: unknown) => group.forEach(({ failed }) => void failed(error)),
      );
    }
    storing = false;
  }

  return {
    get waiting() {
      return queue.length;
    },
    put: (item) =>
      new Promise((stored, failed) => {
        queue.push({ item, stored, failed });
        // What one request began stores for others too.
        if (!storing) void withRequestId(undefined, storeAll);
      }),
  };
}
