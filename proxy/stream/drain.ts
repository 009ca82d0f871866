/**
 * Ends all streams before a shutdown, over several seconds, and sends each client its reconnect delay. Clients
 * reconnect after the next process has started. No more than a tenth of them reconnect in any one second.
 */
import type { Clock } from '../util/clock.ts';
import { encodeRetry } from './frame.ts';

export const DRAIN_MS = 5_000;
/** Time between two groups of streams that end. */
const DRAIN_STEP_MS = 50;
/** Time for the next process to start. */
const RESTART_MS = 3_000;
/** Clients reconnect within this time after the next process has started. */
const RECONNECT_SPREAD_MS = 20_000;

interface Client {
  end(lastBytes: Buffer): void;
}

interface DrainOptions {
  clock: Clock;
  /** Returns a number from 0 up to, but not including, 1. */
  random: () => number;
  isCancelled: () => boolean;
}

export async function drainClients(
  clients: readonly Client[],
  { clock, random, isCancelled }: DrainOptions,
): Promise<void> {
  const startedAt = clock.monotonic();
  for (let endedCount = 0; endedCount < clients.length && !isCancelled(); ) {
    const elapsedMs = clock.monotonic() - startedAt;
    const dueCount = Math.ceil((clients.length * (elapsedMs + DRAIN_STEP_MS)) / DRAIN_MS);
    for (const client of clients.slice(endedCount, dueCount)) {
      client.end(encodeRetry(retryDelayMs(elapsedMs, (endedCount + random()) / clients.length)));
      endedCount += 1;
    }
    if (endedCount < clients.length) await new Promise<void>((resolve) => clock.runAfter(DRAIN_STEP_MS, resolve));
  }
}

/**
 * Returns the reconnect delay of a client whose stream ends `elapsedMs` after the drain started.
 * @param position the client's position among all clients, 0 to 1.
 */
export function retryDelayMs(elapsedMs: number, position: number): number {
  return Math.round(DRAIN_MS - elapsedMs + RESTART_MS + RECONNECT_SPREAD_MS * position);
}
