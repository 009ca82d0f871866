/** Locks that all tabs of one origin share (Web Locks API). */
import type { Clock } from './clock.ts';
import { withTimeout } from './with-timeout.ts';

/** Long enough, because a browser normally reports at once whether a lock is free. */
const LOCK_TIMEOUT_MS = 3_000;

/**
 * Acquires a Web Lock. Resolves with the function that releases it.
 * @param options With `ifAvailable`, resolves with undefined if another tab holds the lock. With a signal, waits for
 *   the lock until the signal aborts.
 * @param onLost called when another tab steals the lock.
 * @throws a `TimeoutError` if the browser does not respond.
 */
export async function acquireLock(
  name: string,
  options: LockOptions,
  clock: Clock,
  onLost = () => {},
): Promise<(() => void) | undefined> {
  let isHeld = false;
  let hasTimedOut = false;
  const granted = new Promise<(() => void) | undefined>((resolve, reject) => {
    navigator.locks
      .request(name, options, (lock) => {
        if (!lock || hasTimedOut) return resolve(undefined);
        isHeld = true;
        return new Promise<void>((release) => resolve(release));
      })
      .catch((error: unknown) => (isHeld ? onLost() : reject(error)));
  });
  if (options.signal) return granted;
  return withTimeout(clock, LOCK_TIMEOUT_MS, () => granted).catch((error: unknown) => {
    hasTimedOut = true;
    throw error;
  });
}
