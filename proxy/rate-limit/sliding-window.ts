/** The sliding window of the rate limit. A permit counts from its grant until 60 s after the response. */
import type { StoredPermit } from '../store/schema.ts';
import type { CircuitState } from './circuit-breaker.ts';
import { type PermitCounts, PRIORITIES, type Priority } from './priorities.ts';

/**
 * Evalon's window, plus 1 ms because timestamps drop fractions. Counting from the response keeps the limit even if
 * Evalon's windows are fixed.
 */
export const WINDOW_MS = 60_001;
/** The longest time from a grant to the response. It includes 10 s for the call and 5 s for the commit before it. */
export const MAX_CALL_MS = 15_000;
/** A permit counts for this long if the proxy cannot store its release, for example because of a crash. */
export const MAX_HOLD_MS = MAX_CALL_MS + WINDOW_MS;

/** The stored permits at one moment. All times are relative to this moment. */
export interface WindowState {
  held: PermitCounts;
  /** Milliseconds until each held permit is released, ascending. */
  releasesInMs: readonly number[];
  /** Milliseconds until the cooldown after a 429 ends; 0 without one. */
  cooldownMs: number;
  /** Of other nodes. Absent if no other node shares the permits. */
  shared?: SharedState;
}

/** What nodes that share the permits tell each other. */
export interface SharedState {
  /** Priorities of calls that wait on other nodes. */
  waitingElsewhere: readonly Priority[];
  circuit: CircuitState;
}

/** @param permits in the order of their release. */
export function toWindowState(
  permits: readonly StoredPermit[],
  cooldownUntil: string | undefined,
  now: number,
): WindowState {
  const held: Record<Priority, number> = { interactive: 0, background: 0, bulk: 0 };
  // Another release may have stored a priority that this one does not know.
  for (const { priority } of permits) held[PRIORITIES.find((known) => known === priority) ?? 'bulk'] += 1;
  return {
    held,
    releasesInMs: permits.map(({ release_at }) => Date.parse(release_at) - now),
    cooldownMs: cooldownUntil === undefined ? 0 : Math.max(Date.parse(cooldownUntil) - now, 0),
  };
}

/** Returns the milliseconds until `count` more permits fit into the window. */
export function msUntilFree({ releasesInMs }: WindowState, limit: number, count: number): number {
  const missing = releasesInMs.length + count - limit;
  if (missing <= 0) return 0;
  return releasesInMs[missing - 1] ?? (releasesInMs.at(-1) ?? 0) + WINDOW_MS;
}
