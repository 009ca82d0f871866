/**
 * When the process ends its streams: over seconds, and each with a time to come back at. So nobody comes before the next
 * process serves, and no more than a tenth of all in any second.
 */

/** Milliseconds over which streams are ended. */
export const DRAIN_MS = 5_000;
/** Milliseconds that the next process has to start in. */
const RESTART_MS = 3_000;
/** Milliseconds over which streams come back: a twentieth of them a second. */
const RECONNECT_SPREAD_MS = 20_000;

/**
 * How long, in milliseconds, the reader of a stream waits that is ended `sinceStart` after the first one was.
 * @param share its place among all, from 0 to 1.
 */
export function retryDelay(sinceStart: number, share: number): number {
  return Math.round(DRAIN_MS - sinceStart + RESTART_MS + RECONNECT_SPREAD_MS * share);
}

/** The last words on a stream, as the standard has them. */
export function encodeRetry(returnsInMs: number): Buffer {
  return Buffer.from(`retry: ${returnsInMs}\n\n`);
}
