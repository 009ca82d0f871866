/**
 * When what was committed is on disk. A flush takes milliseconds: it goes on beside the event loop, and one of them does
 * for all who committed before it began. Nobody is told what is not on disk, neither who wrote it nor who reads it.
 */
import { Unavailable } from '../util/errors.ts';

export interface Flush {
  /** A transaction that may have written was committed. */
  committed(): void;
  /**
   * Answers once all that was committed until now is on disk.
   * @throws Unavailable where that is not known, from then on each time.
   */
  durable(): Promise<void>;
}

/**
 * @param sync flushes all that was written.
 * @param onFailure is told once, with what `sync` threw. Asking again would be no proof: a disk that could not take what
 *   it was given is not given it again.
 */
export function createFlush(sync: () => Promise<void>, onFailure: (error: unknown) => void): Flush {
  let committed = 0;
  let onDisk = 0;
  let flushing: Promise<void> | undefined;
  let failure: Unavailable | undefined;

  async function flush(): Promise<void> {
    const upTo = committed;
    try {
      await sync();
      onDisk = upTo;
    } catch (cause) {
      failure = new Unavailable('The proxy could not bring its database to the disk. Try again in a moment.', {
        cause,
      });
      onFailure(cause);
    } finally {
      flushing = undefined;
    }
  }

  return {
    committed: () => void committed++,
    async durable() {
      const mine = committed;
      while (onDisk < mine) {
        if (failure) throw failure;
        flushing ??= flush();
        await flushing;
      }
    },
  };
}
