/** Write batcher (group commit): writes that arrive while a commit is in flight share the next commit. */
import { setImmediate } from 'node:timers/promises';
import { Unavailable } from '../util/errors.ts';
import { withRequestId } from '../util/request-context.ts';

const MAX_BATCH_SIZE = 1_000;

/**
 * Adds an item to the next commit, and resolves once that commit is durable.
 * @throws Unavailable if the queue is full; what the commit threw
 */
export type BatchedWrite<T> = (item: T) => Promise<void>;

interface QueuedItem<T> {
  item: T;
  resolve(): void;
  reject(error: unknown): void;
}

/** @param commit stores all items in one transaction, in order. */
export function createWriteBatcher<T>(
  commit: (items: readonly T[]) => Promise<void>,
  maxQueueLength = Number.POSITIVE_INFINITY,
): BatchedWrite<T> {
  const queue: QueuedItem<T>[] = [];
  let isFlushing = false;

  /**
   * Waits until no more items arrive. Node accepts one connection per iteration of the event loop, and a commit blocks
   * the loop.
   */
  async function waitForBurst(): Promise<void> {
    await setImmediate();
    for (let length = 0; length < queue.length && length < MAX_BATCH_SIZE; ) {
      length = queue.length;
      await setImmediate();
    }
  }

  async function flush(): Promise<void> {
    isFlushing = true;
    while (queue.length) {
      await waitForBurst();
      const batch = queue.splice(0, MAX_BATCH_SIZE);
      await commit(batch.map(({ item }) => item)).then(
        () => batch.forEach(({ resolve }) => void resolve()),
        (error: unknown) => batch.forEach(({ reject }) => void reject(error)),
      );
    }
    isFlushing = false;
  }

  return async (item) => {
    if (queue.length >= maxQueueLength) {
      throw new Unavailable('Too many writes are waiting for the database. Try again in a moment.', {
        retryAfterSeconds: 5,
      });
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    queue.push({ item, resolve, reject });
    if (!isFlushing) void withRequestId(undefined, flush);
    await promise;
  };
}
