/**
 * Spares an Evalon that is down, and those who would wait for it: after several failures in a row no call starts for
 * a while, then one alone tries. What calls say that started before it opened is old news.
 */
import { type BackoffOptions, backoffDelayMs } from '../util/backoff.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Breaker {
  /** `half-open`: one call may start, and the next only when that one has ended. */
  state(now: number): BreakerState;
  /** When an open one becomes half-open. */
  readonly until: number;
  /** In half-open, whether the one call is under way. */
  readonly probing: boolean;
  started(now: number): void;
  /** How a call ended; `unknown` where that says nothing about Evalon. Answers whether the breaker opened or closed. */
  ended(startedAt: number, now: number, health: 'up' | 'down' | 'unknown'): 'opened' | 'closed' | undefined;
}

/** Failures in a row that open it. */
const FAILURES = 5;
/** Milliseconds that it stays open at least, and what is added, which grows with each failed try. */
const SHORTEST = 5_000;
const MORE: Readonly<BackoffOptions> = { firstMs: 5_000, maxMs: 55_000 };

export function createBreaker(random: () => number): Breaker {
  let failures = 0;
  let openings = 0;
  let openedAt: number | undefined;
  let until = Number.NEGATIVE_INFINITY;
  let probe: number | undefined;

  function open(now: number): 'opened' {
    openings += 1;
    openedAt = now;
    until = now + SHORTEST + backoffDelayMs(MORE, openings, random);
    return 'opened';
  }

  function state(now: number): BreakerState {
    if (openedAt === undefined) return 'closed';
    return now < until ? 'open' : 'half-open';
  }

  return {
    state,
    get until() {
      return until;
    },
    get probing() {
      return probe !== undefined;
    },
    started(now) {
      if (state(now) === 'half-open') probe = now;
    },
    ended(startedAt, now, health) {
      if (openedAt === undefined) {
        if (health === 'up') failures = 0;
        if (health === 'down') failures += 1;
        return failures >= FAILURES ? open(now) : undefined;
      }
      if (probe === undefined || startedAt < probe) return undefined;
      probe = undefined;
      if (health === 'unknown') return undefined;
      if (health === 'down') return open(now);
      openedAt = undefined;
      failures = 0;
      openings = 0;
      return 'closed';
    },
  };
}
