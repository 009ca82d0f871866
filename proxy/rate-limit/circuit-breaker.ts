/**
 * Circuit breaker: it opens after five consecutive failures, and no call starts for a while. Then a single probe
 * decides whether it closes. The breaker ignores results of calls that started before it opened.
 */
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';
/** What a result shows about Evalon. */
export type Health = 'up' | 'down' | 'unknown';

/** A circuit breaker's data. The nodes that share a database share it. */
export interface Circuit {
  failures: number;
  /** Milliseconds until the breaker is half-open; absent if it is closed. */
  halfOpenInMs?: number;
  isProbing: boolean;
}

const FAILURES_TO_OPEN = 5;
const MIN_OPEN_MS = 5_000;
/** Added to MIN_OPEN_MS. Grows with each failed probe. */
const OPEN_BACKOFF: Readonly<BackoffOptions> = { firstMs: 5_000, maxMs: 55_000 };

/** @param random returns a number from 0 up to, but not including, 1. */
export function createCircuitBreaker(random: () => number) {
  let consecutiveFailures = 0;
  let openUntil: number | undefined;
  let probeStartedAt: number | undefined;

  function state(now: number): BreakerState {
    if (openUntil === undefined) return 'closed';
    return now < openUntil ? 'open' : 'half-open';
  }

  return {
    state,

    /** Milliseconds until the breaker is half-open; 0 unless it is open. */
    openForMs: (now: number) => Math.max((openUntil ?? now) - now, 0),

    canStart: (now: number) => state(now) === 'closed' || (state(now) === 'half-open' && probeStartedAt === undefined),

    /** Returns the data to share with the other nodes. */
    getCircuit: (now: number): Circuit => ({
      failures: consecutiveFailures,
      ...(openUntil !== undefined && { halfOpenInMs: Math.max(openUntil - now, 0) }),
      isProbing: probeStartedAt !== undefined,
    }),

    /** Continues with the data that another node, or an earlier process, has stored. */
    setCircuit({ failures, halfOpenInMs, isProbing }: Circuit, now: number): void {
      consecutiveFailures = failures;
      openUntil = halfOpenInMs === undefined ? undefined : now + halfOpenInMs;
      probeStartedAt = isProbing ? (probeStartedAt ?? now) : undefined;
    },

    onStart(now: number): void {
      if (state(now) === 'half-open') probeStartedAt = now;
    },

    onResult(callStartedAt: number, now: number, health: Health): void {
      const isProbe = probeStartedAt !== undefined && callStartedAt >= probeStartedAt;
      if (openUntil !== undefined && !isProbe) return;
      probeStartedAt = undefined;
      if (health === 'unknown') return;
      consecutiveFailures = health === 'up' ? 0 : consecutiveFailures + 1;
      const openings = consecutiveFailures - FAILURES_TO_OPEN + 1;
      openUntil = openings > 0 ? now + MIN_OPEN_MS + backoffDelayMs(OPEN_BACKOFF, openings, random) : undefined;
    },
  };
}
