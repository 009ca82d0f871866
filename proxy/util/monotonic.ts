/** A clock's time that stands still while the machine's clock is put back: no slot must be held for an hour for that. */
import type { Clock } from './clock.ts';

/** Answers a function of milliseconds that never go back. */
export function steadyTime(clock: Clock): () => number {
  let latest = Number.NEGATIVE_INFINITY;
  let offset = 0;
  return () => {
    const now = clock.now() + offset;
    if (now < latest) offset += latest - now;
    else latest = now;
    return latest;
  };
}
