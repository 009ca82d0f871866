/** The sliding window of the rate limit. A permit counts from its grant until 60 s after the response. */
import type { HeldPermits } from '../store/permits.ts';
import type { Circuit } from './circuit-breaker.ts';
import { type PermitCounts, PRIORITIES, type Priority } from './priorities.ts';

/**
 * How long a permit counts after the response: Evalon's window, plus 1 ms because timestamps drop fractions. The time
 * starts at the response, not at the grant. So the limit also holds if Evalon counts in fixed windows.
 */
export const WINDOW_MS = 60_001;
/** The longest time from a grant to the response: 5 s for the commit that stores the grant, and 10 s for the call. */
export const MAX_CALL_MS = 15_000;
/** A permit counts for this long if the proxy cannot store its release, for example because of a crash. */
export const MAX_HOLD_MS = MAX_CALL_MS + WINDOW_MS;

/** The stored permits at one moment. All times are relative to this moment. */
export interface WindowState {
  held: PermitCounts;
  /** Milliseconds until the last held permit is released; 0 without one. */
  lastReleaseInMs: number;
  /** Milliseconds until the cooldown after a 429 ends; 0 without one. */
  cooldownMs: number;
  /** The state of other nodes. Absent if no other node shares the permits. */
  shared?: SharedState;
}

/** The window, and when its next permits are released. */
export interface WindowForecast extends WindowState {
  /** Milliseconds until the next releases of held permits, ascending. May lack releases that no waiting call needs. */
  releasesInMs: readonly number[];
}

/** What a node knows about the other nodes that share the permits. */
export interface SharedState {
  /** Priorities of calls that wait on other nodes. */
  waitingElsewhere: readonly Priority[];
  circuit: Circuit;
}

export function toPermitCounts(stored: readonly HeldPermits[]): PermitCounts {
  const held: Record<Priority, number> = { interactive: 0, background: 0, bulk: 0 };
  // Another version of the proxy may have stored a priority that this version does not know.
  for (const { priority, count } of stored) held[PRIORITIES.find((known) => known === priority) ?? 'bulk'] += count;
  return held;
}

export function countAllHeld({ interactive, background, bulk }: PermitCounts): number {
  return interactive + background + bulk;
}

/** Returns how many permits must be released before `count` more fit into the window; 0 or less if they fit now. */
export function countMissing(held: PermitCounts, limit: number, count: number): number {
  return countAllHeld(held) + count - limit;
}

/**
 * Returns the milliseconds until `count` more permits fit into the window. If the forecast has too few releases,
 * returns the time of the last release in it.
 */
export function msUntilFree(
  { held, releasesInMs, lastReleaseInMs }: WindowForecast,
  limit: number,
  count: number,
): number {
  const missing = countMissing(held, limit, count);
  if (missing <= 0) return 0;
  // More than `limit` permits never fit: some of them must wait for at least one more window.
  if (count > limit) return lastReleaseInMs + WINDOW_MS;
  return releasesInMs[Math.min(missing, releasesInMs.length) - 1] ?? 0;
}
